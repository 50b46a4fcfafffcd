// A script finds the built-ins that ECMAScript 2017 names, with Annex B, and what Node.js 8.9 adds to them: no newer one, and none of QuickJS's own.
import { afterAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from './modules/script-value.ts';

const scripts: Scripts = startScripts();
afterAll(() => scripts.close());

/** An expression for the built-in, and its members but for `name`, `length`, `prototype` and `constructor`. */
const BUILT_INS: [owner: string, members: string][] = [
  ['Array', '@@species from isArray of'],
  [
    'Array.prototype',
    '@@iterator @@unscopables concat copyWithin entries every fill filter find findIndex forEach includes indexOf join keys lastIndexOf map pop push reduce reduceRight reverse shift slice some sort splice toLocaleString toString unshift values',
  ],
  ['ArrayBuffer', '@@species isView'],
  ['ArrayBuffer.prototype', '@@toStringTag byteLength slice'],
  [
    'DataView.prototype',
    '@@toStringTag buffer byteLength byteOffset getFloat32 getFloat64 getInt16 getInt32 getInt8 getUint16 getUint32 getUint8 setFloat32 setFloat64 setInt16 setInt32 setInt8 setUint16 setUint32 setUint8',
  ],
  ['Error', 'captureStackTrace'],
  ['Error.prototype', 'message toString'],
  ['Function.prototype', '@@hasInstance apply arguments bind call caller toString'],
  ['JSON', '@@toStringTag parse stringify'],
  ['Map', '@@species'],
  ['Map.prototype', '@@iterator @@toStringTag clear delete entries forEach get has keys set size values'],
  [
    'Math',
    '@@toStringTag E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p log2 max min pow random round sign sin sinh sqrt tan tanh trunc',
  ],
  [
    'Number',
    'EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY isFinite isInteger isNaN isSafeInteger parseFloat parseInt',
  ],
  ['Number.prototype', 'toExponential toFixed toLocaleString toPrecision toString valueOf'],
  [
    'Object',
    'assign create defineProperties defineProperty entries freeze getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols getPrototypeOf is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf values',
  ],
  ['Promise', '@@species all race reject resolve'],
  ['Promise.prototype', '@@toStringTag catch then'],
  ['RegExp', '@@species'],
  [
    'RegExp.prototype',
    '@@match @@replace @@search @@split compile exec flags global ignoreCase multiline source sticky test toString unicode',
  ],
  ['Set', '@@species'],
  ['Set.prototype', '@@iterator @@toStringTag add clear delete entries forEach has keys size values'],
  ['String', 'fromCharCode fromCodePoint raw'],
  [
    'String.prototype',
    '@@iterator anchor big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize includes indexOf italics lastIndexOf link localeCompare match normalize padEnd padStart repeat replace search slice small split startsWith strike sub substr substring sup toLocaleLowerCase toLocaleUpperCase toLowerCase toString toUpperCase trim trimLeft trimRight valueOf',
  ],
  ['Symbol.prototype', '@@toPrimitive @@toStringTag toString valueOf'],
  ['WeakMap.prototype', '@@toStringTag delete get has set'],
  ['WeakSet.prototype', '@@toStringTag add delete has'],
  ['Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))', '@@iterator'],
  [
    'Object.getPrototypeOf(Uint8Array.prototype)',
    '@@iterator @@toStringTag buffer byteLength byteOffset copyWithin entries every fill filter find findIndex forEach includes indexOf join keys lastIndexOf length map reduce reduceRight reverse set slice some sort subarray toLocaleString toString values',
  ],
];

test.each(BUILT_INS)('%s', async (owner, members) => {
  const found = await scripts.value(`return Reflect.ownKeys(${owner})
    .map((key) => typeof key === 'symbol' ? String(key).replace(/^Symbol\\(Symbol\\.(.*)\\)$/, '@@$1') : key)
    .filter((key) => !['name', 'prototype', 'constructor'].includes(key) && (key !== 'length' || ${owner} === Object.getPrototypeOf(Uint8Array.prototype)));`);
  expect(Array.isArray(found) && found.map(String).sort()).toEqual(members.split(' ').sort());
});

test('what works without them works as before', async () => {
  const script = `
    function* count() { yield 1; yield* [2, 3]; }
    return [[...count()], [...new Map([[1, 2]])], 'aXbX'.replace(/x/gi, 'y'), 'a1b2'.split(/\\d/), /a/gi.flags, 'bab'.search(/a/y), String(Symbol('s'))]`;
  expect(await scripts.value(script)).toEqual([
    [1, 2, 3],
    [[1, 2]],
    'ayby',
    ['a', 'b', ''],
    'gi',
    -1,
    'Symbol(s)',
  ]);
});

test('a class of errors that captures its stack is told where it was made', async () => {
  const script = `class OrderError extends Error {
    constructor(text) { super(text); Error.captureStackTrace(this, OrderError); this.name = 'OrderError'; }
  }

  throw new OrderError('no such order');`;
  const { error } = await scripts.run(script);
  expect(error).toMatchObject({ name: 'OrderError', message: 'no such order', line: 5 });
});

test('a stack cannot be captured in what is no object, nor in what is frozen', async () => {
  expect((await scripts.error(`Error.captureStackTrace('text')`)).message).toBe(
    'Error.captureStackTrace: the target is string; expected an object',
  );
  expect(await scripts.error(`Error.captureStackTrace(context)`)).toMatchObject({ name: 'TypeError' });
});
