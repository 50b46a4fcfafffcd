// Takes away the built-ins that are newer than Node 8.9, so that a script that needs them fails here as on the gateway.

const NEWER = [
  [
    Array.prototype,
    ['at', 'flat', 'flatMap', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with'],
  ],
  [
    String.prototype,
    ['at', 'matchAll', 'replaceAll', 'trimStart', 'trimEnd', 'isWellFormed', 'toWellFormed'],
  ],
  [Object, ['fromEntries', 'groupBy', 'hasOwn']],
  [Map, ['groupBy']],
  [Promise, ['allSettled', 'any', 'withResolvers', 'try']],
  [Promise.prototype, ['finally']],
  [
    Object.getPrototypeOf(Uint8Array.prototype),
    ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'with'],
  ],
  [Error, ['isError', 'captureStackTrace']],
];

const NEWER_GLOBALS = [
  'AggregateError',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'FinalizationRegistry',
  'Float16Array',
  'InternalError',
  'Iterator',
  'WeakRef',
  'SharedArrayBuffer',
];

export function removeNewerBuiltins() {
  for (const [owner, names] of NEWER) for (const name of names) if (owner !== undefined) delete owner[name];
  for (const name of NEWER_GLOBALS) delete globalThis[name];
}
