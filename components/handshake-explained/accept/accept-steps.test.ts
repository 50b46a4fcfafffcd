import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptValue, GUID } from '../../../sandbox-server/gateway/handshake/accept.ts';
import { freshKey } from '../../../sandbox-server/gateway/handshake/key.ts';
import { parseHead } from '../heads/parse-head.ts';
import { START } from '../presets.ts';
import { mistakeOf } from './accept-mistake.ts';
import { acceptSteps, hexOf } from './accept-steps.ts';

const sha1 = (text: string | Buffer) => createHash('sha1').update(text);

function steps(key: string | null, accept: string | null = null) {
  const request =
    key === null ? 'GET / HTTP/1.1\r\n\r\n' : `GET / HTTP/1.1\r\nSec-WebSocket-Key:${key}\r\n\r\n`;
  const response =
    accept === null ? START.response : `HTTP/1.1 101 x\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
  return acceptSteps(parseHead(request, 'request'), parseHead(response, 'response'));
}

describe('the accept value step by step', () => {
  it('goes from any key to the value that Node computes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,40}$/), (key) => {
        const { text, bytes, hash, accept } = steps(key);
        expect(text).toBe(key + GUID);
        expect(Buffer.from(bytes).toString('latin1')).toBe(text);
        expect(hexOf(hash).replaceAll(' ', '')).toBe(sha1(text).digest('hex'));
        expect(accept).toBe(sha1(text).digest('base64'));
      }),
    );
  });

  it('is the one that RFC 6455 prints for its own key', () => {
    const { request, response } = START;
    const { accept, answered, mistake, keyFaults } = acceptSteps(
      parseHead(request, 'request'),
      parseHead(response, 'response'),
    );
    expect([accept, answered, mistake, keyFaults]).toEqual([
      's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      accept,
      null,
      [],
    ]);
  });

  it('tells how many bytes a key has that has not 16', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const { keyFaults, keyBytes } = steps(Buffer.from(bytes).toString('base64'));
        expect(keyBytes).toEqual(bytes);
        expect(keyFaults.length === 0).toBe(bytes.length === 16);
        if (bytes.length !== 16) expect(keyFaults[0]).toContain(`${bytes.length} bytes, not of 16`);
      }),
    );
  });

  it('tells white space within a key, and leaves out what stands around it', () => {
    expect(steps('dGhlIHNhbXBsZSBub2 5jZQ==').keyFaults[0]).toContain('white space within');
    expect(steps('  dGhlIHNhbXBsZSBub25jZQ==\t ').keyFaults).toEqual([]);
    expect(steps(null).keyFaults[0]).toContain('no key');
    expect(steps('*').keyFaults[0]).toContain('no base64');
    expect(steps(`${'A'.repeat(21)}B==`).keyFaults[0]).toContain(`${'A'.repeat(22)}==`);
  });
});

describe('a wrong accept value', () => {
  const key = freshKey();
  const base64 = (text: string | Buffer) => sha1(text).digest('base64');
  it.each([
    ['It is the key itself.', key],
    ['It is the hash in hex; the value is its base64.', sha1(key + GUID).digest('hex')],
    [
      'It is the base64 of the hash in hex, 40 digits; the value is that of the 20 bytes.',
      Buffer.from(sha1(key + GUID).digest('hex')).toString('base64'),
    ],
    ['The = at its end is missing.', base64(key + GUID).slice(0, -1)],
    [
      'Hashed was the key decoded to its bytes; it is hashed as the text that it is.',
      base64(Buffer.concat([Buffer.from(key, 'base64'), Buffer.from(GUID)])),
    ],
    ['Hashed was the key without the GUID.', base64(key)],
    ['Hashed was the GUID in small letters.', base64(key + GUID.toLowerCase())],
    ['Hashed was the key with the white space around it.', base64(`  ${key} ${GUID}`)],
    ['Hashed was the key with the CR of its line.', base64(`${key}\r${GUID}`)],
    ['Hashed was the key without its ==.', base64(key.slice(0, -2) + GUID)],
    ['Hashed was the text undefined, since the key was not found.', base64(`undefined${GUID}`)],
  ])('is told: %s', (mistake, answered) => {
    expect(steps(`  ${key} `, answered).mistake).toBe(mistake);
  });

  it('of no known mistake is told to be of none, whatever it is', () => {
    expect(mistakeOf(acceptValue(freshKey()), key, key)).toBeNull();
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ unit: 'binary' }),
        (answered, any) => void mistakeOf(answered, any, any),
      ),
    );
    expect(steps(null, randomBytes(20).toString('base64')).mistake).toBeNull();
  });
});
