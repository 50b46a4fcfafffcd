// `console` as Node has it: what goes to standard output is `log`, what goes to standard error is `error`.
import { format } from '../../../gatewayscript/guest/modules/util/format.js';
import { inspect } from '../../../gatewayscript/guest/modules/util/inspect.js';

/** Characters of one line that cross the border; the host cuts again. */
const MAX = 4_000;

/** Strings as they are, anything else inspected; the first may have placeholders. */
function line(args) {
  if (typeof args[0] === 'string') return format(...args);
  return args.map((each) => (typeof each === 'string' ? each : inspect(each))).join(' ');
}

export function createConsole(host) {
  const writer =
    (level) =>
    (...args) =>
      void host.call('console', level, line(args).slice(0, MAX));
  const log = writer('log');
  const error = writer('error');
  return {
    log,
    info: log,
    debug: log,
    dir: (value) => log(value),
    table: (value) => log(value),
    error,
    warn: error,
    trace: (...args) => error('Trace:', ...args),
    assert(condition, ...args) {
      if (condition) return;
      const [first, ...rest] = args;
      error(
        ...(typeof first === 'string'
          ? [`Assertion failed: ${first}`, ...rest]
          : ['Assertion failed', ...args]),
      );
    },
  };
}
