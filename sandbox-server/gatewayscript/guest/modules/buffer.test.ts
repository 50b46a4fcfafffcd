// `require('buffer')` and the global `Buffer` are one, and do with bytes what Node does.
import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

test('the module hands out the global', async () => {
  expect(
    await scripts.value(
      `var b = require('buffer'); return [b.Buffer === Buffer, b.SlowBuffer === Buffer, typeof b.kMaxLength, b.INSPECT_MAX_BYTES]`,
    ),
  ).toEqual([true, true, 'number', 50]);
});

test('random bytes go through every encoding and back', async () => {
  const bytes = randomBytes(randomInt(1, 60));
  const encodings = ['hex', 'base64', 'latin1', 'binary', 'utf8', 'ascii', 'ucs2', 'utf16le'] as const;
  const texts = await scripts.value(
    `var bytes = Buffer.from(input[0], 'hex'); return input[1].map(function (e) { return bytes.toString(e) })`,
    [bytes.toString('hex'), encodings],
  );
  expect(texts).toEqual(encodings.map((encoding) => bytes.toString(encoding)));
  const back = await scripts.value(
    `return input.map(function (each) { return Buffer.from(each[1], each[0]).toString('hex') })`,
    encodings.map((encoding) => [encoding, bytes.toString(encoding)]),
  );
  expect(back).toEqual(
    encodings.map((encoding) => Buffer.from(bytes.toString(encoding), encoding).toString('hex')),
  );
});

test("Node's old constructor works, as published scripts use it", async () => {
  const text = randomBytes(9).toString('base64');
  expect(
    await scripts.value(
      `return [new Buffer(input, 'base64').toString('hex'), Buffer(3).length, new Buffer([1, 2, 300]).toJSON()]`,
      text,
    ),
  ).toEqual([Buffer.from(text, 'base64').toString('hex'), 3, { type: 'Buffer', data: [1, 2, 44] }]);
});

test('numbers are written and read at an offset', async () => {
  const number = randomInt(0, 2 ** 31);
  const script = `var b = Buffer.alloc(12); b.writeUInt32BE(input, 0); b.writeInt32LE(-input, 4); b.writeFloatBE(0.5, 8);
    return [b.toString('hex'), b.readUInt32BE(0), b.readInt32LE(4), b.readFloatBE(8), b.readUInt8(0)]`;
  const expected = Buffer.alloc(12);
  expected.writeUInt32BE(number, 0);
  expected.writeInt32LE(-number, 4);
  expected.writeFloatBE(0.5, 8);
  expect(await scripts.value(script, number)).toEqual([
    expected.toString('hex'),
    number,
    -number,
    0.5,
    expected[0],
  ]);
});

test('search, comparison and joining', async () => {
  const script = `var a = Buffer.from('abcabc'); var b = Buffer.from('abd');
    return [a.indexOf('c'), a.lastIndexOf('c'), a.includes('bc'), Buffer.compare(a, b), a.equals(Buffer.from('abcabc')), Buffer.concat([a, b], 8).toString(), a.slice(-2).toString(),
      Buffer.byteLength('é☃'), Buffer.isBuffer(a), Buffer.isBuffer(new Uint8Array(1)), Buffer.isEncoding('UTF-8')]`;
  expect(await scripts.value(script)).toEqual([2, 5, true, -1, true, 'abcabcab', 'bc', 5, true, false, true]);
});

test('transcode changes the encoding of bytes', async () => {
  expect(
    await scripts.value(
      `return require('buffer').transcode(Buffer.from('é'), 'utf8', 'latin1').toString('hex')`,
    ),
  ).toBe('e9');
  expect(await scripts.error(`\n require('buffer').transcode('é', 'utf8', 'latin1')`)).toMatchObject({
    message: expect.stringContaining('expected a Buffer'),
    line: 2,
  });
  expect(
    await scripts.error(`\n require('buffer').transcode(Buffer.from('é'), 'utf8', 'utf9')`),
  ).toMatchObject({ message: expect.stringContaining('unknown encoding "utf9"') });
});

test('a reach over the end is an error at its line', async () => {
  expect(await scripts.error(`\n\n Buffer.alloc(2).readUInt32BE(0)`)).toMatchObject({
    name: 'RangeError',
    line: 3,
  });
  expect(await scripts.error(`\n Buffer.from(7)`)).toMatchObject({ name: 'TypeError', line: 2 });
});

test('bytes that are no UTF-8 become as many U+FFFD as in Node', async () => {
  const samples = Array.from({ length: 300 }, () => randomBytes(randomInt(1, 16)));
  const texts = await scripts.value(
    `return input.map(function (hex) { var b = Buffer.from(hex, 'hex'); return [b.toString(), b.toString('utf8', 1, 5)] })`,
    samples.map((bytes) => bytes.toString('hex')),
  );
  expect(texts).toEqual(samples.map((bytes) => [bytes.toString(), bytes.toString('utf8', 1, 5)]));
});
