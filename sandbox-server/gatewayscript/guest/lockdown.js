// Freezes everything that scripts share with the prelude, so that a monkey-patch throws a TypeError and reaches nobody.
const { freeze, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Object;
const { ownKeys } = Reflect;
const global = globalThis;

/** Members that people set on their own errors and objects; a frozen prototype would forbid that (the lab lets them). */
const OVERRIDABLE = ['name', 'message', 'toString', 'valueOf', 'constructor', 'toJSON'];

/** Freezes all that the global object and `more` lead to; the global object itself included. */
export function lockDown(more) {
  delete global.globalThis;
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
  for (const prototype of [Object.prototype, ...errors.map((each) => each.prototype)]) {
    for (const key of OVERRIDABLE) allowOverride(prototype, key);
  }
  const seen = new Set();
  const waiting = [global, ...hiddenIntrinsics(), ...more];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if ((typeof each !== 'object' && typeof each !== 'function') || each === null || seen.has(each)) continue;
    seen.add(each);
    waiting.push(getPrototypeOf(each));
    for (const key of ownKeys(each)) {
      const { value, get, set } = getOwnPropertyDescriptor(each, key);
      waiting.push(value, get, set);
    }
    if (!ArrayBuffer.isView(each)) freeze(each);
  }
}

/** Intrinsics that no global name leads to. */
function hiddenIntrinsics() {
  return [
    async () => {},
    function* () {},
    async function* () {},
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    'a'.matchAll?.(/a/g),
  ];
}

function allowOverride(prototype, key) {
  const descriptor = getOwnPropertyDescriptor(prototype, key);
  if (!descriptor || !('value' in descriptor)) return;
  const { value } = descriptor;
  defineProperty(prototype, key, {
    enumerable: false,
    configurable: false,
    get() {
      return value;
    },
    set(own) {
      if (this === prototype) throw new TypeError(`'${key}' of a built-in prototype is read-only`);
      defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
    },
  });
}
