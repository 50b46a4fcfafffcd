import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame } from '../story.fixture.ts';
import { closeCodeMeaning } from './close-codes.ts';
import { payloadOf, rsvBits } from './frame-facts.ts';

const spaced = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').match(/../g)?.join(' ') ?? '';

test('a payload shows as text and as the very bytes it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.uint8Array(),
      fc.integer({ min: 1000, max: 4999 }),
      (text, bytes, code) => {
        const utf8 = Buffer.from(text);
        expect(payloadOf(frame({ payload: text }))).toMatchObject({ text, hex: spaced(utf8) });
        expect(payloadOf(frame({ opcode: 2, payload: Buffer.from(bytes).toString('hex') })).hex).toBe(
          spaced(bytes),
        );
        const body = Buffer.concat([Buffer.from([code >> 8, code & 255]), utf8]);
        expect(payloadOf(frame({ opcode: 8, closeCode: code, payload: text })).hex).toBe(spaced(body));
      },
    ),
  );
});

test('text that was no UTF-8 is not told as exact', () => {
  expect(payloadOf(frame({ payload: 'a\ufffd' })).exact).toBe(false);
  expect(payloadOf(frame({ payload: 'a' })).exact).toBe(true);
});

test('reserved bits have their names', () => {
  expect([0, 4, 2, 1, 7].map(rsvBits)).toEqual(['none', 'RSV1', 'RSV2', 'RSV3', 'RSV1, RSV2, RSV3']);
});

test('every close code has a meaning, and private ones say that they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), (code) => {
      expect(closeCodeMeaning(code)).not.toBe('');
    }),
  );
  expect(closeCodeMeaning(1008)).toContain('policy');
  expect(closeCodeMeaning(4000)).toContain('private');
  expect(closeCodeMeaning(2999)).toContain('reserved');
});
