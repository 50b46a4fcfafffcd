// `console`: ten levels, each entry with the line it was written at.
import { format } from './format.js';
import { currentPlace } from './place.js';

const LEVELS = ['debug', 'trace', 'info', 'log', 'notice', 'warn', 'error', 'critical', 'alert', 'emerg'];
/** Characters of one entry that cross the border; the host counts and cuts again. */
const MAX = 1_000_000;
const { freeze } = Object;

export function createConsole(host) {
  function logger() {
    const methods = {};
    for (const level of LEVELS) {
      methods[level] = (...args) => {
        const { line } = currentPlace();
        host.call('console', level, format(args).slice(0, MAX), line);
      };
    }
    /** A logger for a log category of the gateway's; the lab has one log, so the category changes nothing. */
    methods.options = (options) => {
      if (typeof options !== 'object' || options === null)
        throw new TypeError("console.options: expected an object such as {category: 'mpgw'}");
      return logger();
    };
    return freeze(methods);
  }
  return logger();
}
