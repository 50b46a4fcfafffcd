// Errors as Node has them, and not as QuickJS does: their words, and a stack that begins with them and goes on with where in the script they were made.
import { SCRIPT_FILE } from 'lab:script-file';
import { captureStackTrace } from '../../../gatewayscript/guest/capture-stack.js';

const { apply, construct } = Reflect;
const { defineProperty, getOwnPropertyDescriptor } = Object;
const describe = Error.prototype.toString;
/** As QuickJS writes it, or as it stands in a stack of Node's form. */
const FRAME = new RegExp(`^ {4}at (?:(.*?) \\()?/?(${SCRIPT_FILE}:\\d+:\\d+)\\)?$`);
const ONLY_FRAMES = /^(?: {4}at [^\n]*(?:\n|$))*$/;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** What a mistake is called most often. */
const WORDS = [
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^'(.+)' is not defined$/, '$1 is not defined'],
];

/**
 * From now on an error that the script makes has Node's stack, and `inspect` finds every other one so too: QuickJS tells nobody when it makes
 * one itself.
 */
export function haveErrorsAsInNode() {
  for (const native of [
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    AggregateError,
  ])
    makeAsInNode(native);
  const named = {
    captureStackTrace(target, opening) {
      captureStackTrace(target, opening);
      asInNode(target);
    },
  };
  defineHidden(Error, 'captureStackTrace', named.captureStackTrace);
  showAsInNode();
}

/** Writes message and stack anew where they are still as QuickJS has made them. One that cannot be written to stays as it is. */
export function asInNode(error) {
  const message = getOwnPropertyDescriptor(error, 'message')?.value;
  const stack = getOwnPropertyDescriptor(error, 'stack')?.value;
  if (typeof stack !== 'string' || !ONLY_FRAMES.test(stack)) return;
  try {
    for (const [quickJs, node] of WORDS)
      if (typeof message === 'string' && quickJs.test(message))
        error.message = message.replace(quickJs, node);
    defineHidden(error, 'stack', nodeStack(error, stack, null));
  } catch {}
}

/** @param maker the class that it is made with: its constructor, and those above it, are no frames in Node */
function nodeStack(error, stack, maker) {
  const frames = stack.split('\n').flatMap((line) => {
    const [, name = '', place] = FRAME.exec(line) ?? [];
    return place === undefined ? [] : [{ name: name === '<anonymous>' ? '' : name, place: `/${place}` }];
  });
  const above = frames.findIndex(({ name }) => name !== '' && name === maker?.name);
  const lines = frames
    .slice(above + 1)
    .map(({ name, place }) => (name === '' ? `    at ${place}` : `    at ${name} (${place})`));
  return [apply(describe, error, []), ...lines].join('\n');
}

function makeAsInNode(native) {
  const maker = new Proxy(native, {
    construct: (target, args, newTarget) => withStack(construct(target, args, newTarget), newTarget),
    apply: (target, self, args) => withStack(apply(target, self, args), null),
  });
  defineHidden(globalThis, native.name, maker);
  defineHidden(native.prototype, 'constructor', maker);
}

/** As in V8, the stack is written when it is first read: until then a constructor may have given the error another name. */
function withStack(error, maker) {
  const { stack } = error;
  return defineProperty(error, 'stack', {
    enumerable: false,
    configurable: true,
    get() {
      const text = nodeStack(error, stack, maker);
      if (getOwnPropertyDescriptor(error, 'stack').configurable) defineHidden(error, 'stack', text);
      return text;
    },
    set(value) {
      defineHidden(this, 'stack', value);
    },
  });
}

/** `inspect` asks each value for a way of its own to be shown. */
function showAsInNode() {
  defineProperty(Error.prototype, inspectCustom, {
    configurable: true,
    get() {
      if (this instanceof Error) asInNode(this);
      return undefined;
    },
    /** An error class of a script's own may have such a way. */
    set(value) {
      defineProperty(this, inspectCustom, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

function defineHidden(owner, key, value) {
  defineProperty(owner, key, { value, writable: true, enumerable: false, configurable: true });
}
