// Takes away the built-ins that are newer than Node 8.9, so that a script that needs them fails here as on the gateway.

/** What the prototypes of all iterators come from; newer editions gave it methods. */
const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

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
  [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [WeakMap.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [Set, ['groupBy']],
  [
    Set.prototype,
    [
      'difference',
      'intersection',
      'isDisjointFrom',
      'isSubsetOf',
      'isSupersetOf',
      'symmetricDifference',
      'union',
    ],
  ],
  [Symbol.prototype, ['description']],
  [RegExp, ['escape']],
  [RegExp.prototype, ['dotAll', 'hasIndices', 'unicodeSets', Symbol.matchAll]],
  [Math, ['f16round', 'sumPrecise']],
  [
    ArrayBuffer.prototype,
    ['detached', 'maxByteLength', 'resizable', 'resize', 'transfer', 'transferToFixedLength'],
  ],
  [DataView.prototype, ['BigInt64', 'BigUint64', 'Float16'].flatMap((type) => [`get${type}`, `set${type}`])],
  [Promise, ['allSettled', 'any', 'withResolvers', 'try']],
  [Promise.prototype, ['finally']],
  [
    Object.getPrototypeOf(Uint8Array.prototype),
    ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'with'],
  ],
  [Error, ['isError']],
  // QuickJS's own.
  [Function.prototype, ['fileName', 'lineNumber', 'columnNumber']],
  [iteratorPrototype, Reflect.ownKeys(iteratorPrototype).filter((key) => key !== Symbol.iterator)],
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
