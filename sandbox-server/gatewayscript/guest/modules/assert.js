// `require('assert')`: claims about values, after Node.js 8.9.4 (LICENSE.node.txt); one that fails throws an AssertionError.
import { deepEqual } from './assert/deep-equal.js';
import { inspect } from './util/inspect.js';
import { invalidArgument } from './util/node-error.js';

const { apply } = Reflect;
const SHOWN = 128;

class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null) throw invalidArgument('options', 'object');
    const { message, operator } = options;
    const [actual, expected] = message
      ? [options.actual, options.expected]
      : [options.actual, options.expected].map(errorLine);
    super(message || `${inspect(actual).slice(0, SHOWN)} ${operator} ${inspect(expected).slice(0, SHOWN)}`);
    const name = 'AssertionError [ERR_ASSERTION]';
    Object.assign(this, {
      generatedMessage: !message,
      name,
      code: 'ERR_ASSERTION',
      actual,
      expected,
      operator,
    });
  }
}

/** An error stands in a message with name and message alone. */
function errorLine(value) {
  return value instanceof Error && value.stack ? `${value.name}: ${value.message}` : value;
}

function claim(holds, actual, expected, message, operator) {
  if (!holds) throw new AssertionError({ message, actual, expected, operator });
}

export default function createAssert() {
  function assert(value, message) {
    claim(value, value, true, message, '==');
  }
  return Object.assign(assert, { AssertionError, ok: assert, ...equalities, ...throwing, fail });
}

const equalities = {
  equal(actual, expected, message) {
    // biome-ignore lint/suspicious/noDoubleEquals: this is what equal means
    claim(actual == expected, actual, expected, message, '==');
  },
  notEqual(actual, expected, message) {
    // biome-ignore lint/suspicious/noDoubleEquals: this is what equal means
    claim(actual != expected, actual, expected, message, '!=');
  },
  strictEqual: (actual, expected, message) => claim(actual === expected, actual, expected, message, '==='),
  notStrictEqual: (actual, expected, message) => claim(actual !== expected, actual, expected, message, '!=='),
  deepEqual: (actual, expected, message) =>
    claim(deepEqual(actual, expected, false), actual, expected, message, 'deepEqual'),
  notDeepEqual: (actual, expected, message) =>
    claim(!deepEqual(actual, expected, false), actual, expected, message, 'notDeepEqual'),
  deepStrictEqual: (actual, expected, message) =>
    claim(deepEqual(actual, expected, true), actual, expected, message, 'deepStrictEqual'),
  notDeepStrictEqual: (actual, expected, message) =>
    claim(!deepEqual(actual, expected, true), actual, expected, message, 'notDeepStrictEqual'),
};

/** `fail(message)`, or `fail(actual, expected[, message[, operator]])`. */
function fail(...args) {
  const [actual, expected, message, operator] = args;
  claim(false, actual, expected, args.length === 1 ? actual : message, args.length === 2 ? '!=' : operator);
}

const throwing = {
  throws(block, expected, message) {
    const [wanted, text] = typeof expected === 'string' ? [null, expected] : [expected, message];
    const { threw, error } = attempt(block);
    if (!threw) {
      const which = wanted?.name ? ` (${wanted.name})` : '';
      claim(
        false,
        undefined,
        wanted,
        `Missing expected exception${which}${text ? `: ${text}` : '.'}`,
        undefined,
      );
    }
    if (wanted && !fits(error, wanted)) throw error;
  },

  doesNotThrow(block, expected, message) {
    const [wanted, text] = typeof expected === 'string' ? [null, expected] : [expected, message];
    const { threw, error } = attempt(block);
    if (!threw) return;
    if (wanted && !fits(error, wanted)) throw error;
    claim(false, error, wanted, `Got unwanted exception${text ? `: ${text}` : '.'}`, undefined);
  },

  ifError(error) {
    if (error) throw error;
  },
};

/** As in Node 8, a thrown `undefined` counts as nothing thrown. */
function attempt(block) {
  if (typeof block !== 'function') throw invalidArgument('block', 'function', block);
  try {
    block();
  } catch (error) {
    return { threw: error !== undefined, error };
  }
  return { threw: false, error: undefined };
}

/** `wanted`: a RegExp for the error's text, its class, or a function that says `true`. */
function fits(error, wanted) {
  if (typeof wanted !== 'function') return wanted.test(error);
  if (wanted.prototype !== undefined && error instanceof wanted) return true;
  return Object.prototype.isPrototypeOf.call(Error, wanted) ? false : apply(wanted, {}, [error]) === true;
}
