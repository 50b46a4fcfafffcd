import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createToken, hashToken, tokenMatches } from './token.ts';

test('a token opens with its own hash and with no other', () => {
  const token = createToken();
  expect(tokenMatches(token, hashToken(token))).toBe(true);
  expect(tokenMatches(token, hashToken(createToken()))).toBe(false);
  expect(tokenMatches('', hashToken(token))).toBe(false);
  expect(tokenMatches(`${token}a`, hashToken(token))).toBe(false);
});

test('a hash of another length opens nothing, and does not throw', () => {
  expect(tokenMatches(createToken(), new Uint8Array(5))).toBe(false);
});

test('a token has 256 bits and can be a WebSocket subprotocol', () => {
  const token = createToken();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(hashToken(token)).toEqual(createHash('sha256').update(token).digest());
});
