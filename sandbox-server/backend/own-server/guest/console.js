// `console` as Node has it: what goes to standard output is `log`, what goes to standard error is `error`.
import { formatWithOptions, inspect } from './inspect.js';

/** Characters of one line that cross the border; the host cuts again. */
const MAX = 4_000;

/** Spaces that groups indent at most, so that a line still has text. */
const MOST_INDENT = 100;

/** @returns writes text to the console as it is */
export function createPrint(host) {
  return (level, text) => host.call('console', level, text.slice(0, MAX));
}

export function createConsole(host, print) {
  let indent = '';
  const writer =
    (level) =>
    (...args) => {
      const text = formatWithOptions({}, ...args);
      const shown = indent === '' ? text : text.replace(/^/gm, indent);
      print(level, shown);
    };
  const log = writer('log');
  const error = writer('error');
  const group = (...label) => {
    if (label.length > 0) log(...label);
    if (indent.length < MOST_INDENT) indent += '  ';
  };
  return {
    log,
    info: log,
    debug: log,
    dir: (value, options) => log('%s', inspect(value, { customInspect: false, ...options })),
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
    group,
    groupCollapsed: group,
    groupEnd() {
      indent = indent.slice(2);
    },
    ...createCounters(log, error),
    ...createClocks(host, log, error),
  };
}

function createCounters(log, error) {
  const counts = new Map();
  return {
    count(label = 'default') {
      counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1);
      log(`${label}: ${counts.get(`${label}`)}`);
    },
    countReset(label = 'default') {
      if (!counts.delete(`${label}`)) error(`Warning: Count for '${label}' does not exist`);
    },
  };
}

function createClocks(host, log, error) {
  const begun = new Map();
  const now = () => host.call('uptime') * 1_000;
  const tell = (call, label, more) => {
    const start = begun.get(label);
    if (start === undefined) return error(`Warning: No such label '${label}' for console.${call}()`);
    const ms = now() - start;
    log(`${label}: ${ms < 1_000 ? `${Number(ms.toFixed(3))}ms` : `${(ms / 1_000).toFixed(3)}s`}`, ...more);
  };
  return {
    time(label = 'default') {
      if (begun.has(`${label}`)) error(`Warning: Label '${label}' already exists for console.time()`);
      else begun.set(`${label}`, now());
    },
    timeLog: (label = 'default', ...more) => tell('timeLog', `${label}`, more),
    timeEnd(label = 'default') {
      tell('timeEnd', `${label}`, []);
      begun.delete(`${label}`);
    },
  };
}
