// `require('punycode')` encodes names as RFC 3492 says: the RFC's own samples, and random names there and back.
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

test('samples of RFC 3492, section 7.1', async () => {
  const samples = [
    ['\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587', 'ihqwcrb4cv8a8dqg056pqjye'],
    ['Pročprostěnemluvíčesky', 'Proprostnemluvesky-uyb24dma41a'],
    ['-> $1.00 <-', '-> $1.00 <--'],
  ];
  const script = `var punycode = require('punycode'); return input.map(function (each) { return [punycode.decode(each[1]), punycode.encode(each[0])] })`;
  expect(await scripts.value(script, samples)).toEqual(samples);
});

test('a random text comes back from its code', async () => {
  const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 30 }), 200);
  const script = `var punycode = require('punycode'); return input.map(function (text) { return punycode.decode(punycode.encode(text)) })`;
  expect(await scripts.value(script, texts)).toEqual(texts);
});

test('host names become what Node makes of them', async () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'abcxyzäöüßéñ日本語中文'.replace('ß', '')),
    minLength: 1,
    maxLength: 12,
  });
  const names = fc.sample(fc.tuple(letters, letters), 100).map((labels) => labels.join('.'));
  const ascii = await scripts.value(`return input.map(require('punycode').toASCII)`, names);
  expect(ascii).toEqual(names.map((name) => domainToASCII(name)));
  expect(await scripts.value(`return input.map(require('punycode').toUnicode)`, ascii)).toEqual(names);
});

test('code points and surrogates', async () => {
  expect(
    await scripts.value(
      `var ucs2 = require('punycode').ucs2; return [ucs2.decode('\\ud834\\udf06a'), ucs2.encode([0x1d306, 97])]`,
    ),
  ).toEqual([[0x1d306, 97], '\ud834\udf06a']);
});

test('what is no text is refused by name', async () => {
  for (const name of ['decode', 'encode', 'toASCII', 'toUnicode']) {
    expect(await scripts.error(`\n require('punycode').${name}(null)`)).toMatchObject({
      name: 'TypeError',
      message: `punycode.${name}: the text is null; expected a string`,
      line: 2,
    });
  }
});

test('what is no code is refused', async () => {
  expect(await scripts.error(`\n require('punycode').decode('\\u00e9-a')`)).toMatchObject({
    name: 'RangeError',
    line: 2,
  });
});
