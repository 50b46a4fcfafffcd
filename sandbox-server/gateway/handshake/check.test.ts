import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../gatewayscript/types.ts';
import { acceptValue } from './accept.ts';
import { checkHandshake } from './check.ts';
import { trimmed } from './headers.ts';
import { freshKey, isKey } from './key.ts';

function handshake(changed: Record<string, string | null> = {}) {
  const key = changed['Sec-WebSocket-Key'] ?? freshKey();
  const headers: Record<string, string | null> = {
    Host: 'gateway.example',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': key,
    'Sec-WebSocket-Version': '13',
    ...changed,
  };
  return { method: 'GET', path: '/', headers: pairs(headers), key };
}

function answer(key: string, changed: Record<string, string | null> = {}) {
  const headers = pairs({
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': acceptValue(key),
    ...changed,
  });
  return { status: 101, reason: 'Switching Protocols', headers };
}

function pairs(headers: Record<string, string | null>): Header[] {
  return Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function broken(
  request: ReturnType<typeof handshake> & { httpVersion?: string },
  response = answer(request.key),
) {
  return checkHandshake(request, response)
    .filter(({ passed }) => !passed)
    .map(({ rule }) => rule);
}

describe('the rules of a handshake', () => {
  it('knows the accept values of RFC 6455 §1.3 and of the facts', () => {
    expect(acceptValue('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    expect(acceptValue('x3JJHMbDL1EzLkh9GBhXDw==')).toBe('HSmrc0sMlYUkAGmm5OPpG2HaGWk=');
  });

  it('hashes any key as Node does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (key) => {
        const expected = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
        expect(acceptValue(key)).toBe(expected.digest('base64'));
      }),
    );
    const keys = new Set(Array.from({ length: 20 }, freshKey));
    expect(keys.size).toBe(20);
    expect([...keys].every(isKey)).toBe(true);
  });

  it('takes exactly the base64 of 16 bytes as a key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), (bytes) => {
        expect(isKey(Buffer.from(bytes).toString('base64'))).toBe(bytes.length === 16);
      }),
    );
    // 22 characters of base64 whose last one holds bits that 16 bytes do not have.
    expect(isKey(`${'A'.repeat(21)}B==`)).toBe(false);
  });

  it('passes a right handshake in every rule, each with its section', () => {
    const request = handshake();
    const rules = checkHandshake(request, answer(request.key));
    expect(rules.map(({ passed }) => passed)).not.toContain(false);
    expect(new Set(rules.map(({ section }) => section))).toEqual(new Set(['4.1', '4.2.2']));
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  });

  it('says nothing where neither head is an upgrade', () => {
    const request = { method: 'GET', path: '/', headers: pairs({ Host: 'a' }) };
    expect(checkHandshake(request, { status: 200, reason: 'OK', headers: [] })).toEqual([]);
    expect(checkHandshake(request, answer('x')).length).toBeGreaterThan(0);
  });

  const requests: [string, ReturnType<typeof handshake> & { httpVersion?: string }][] = [
    ['request-method', { ...handshake(), method: 'POST' }],
    ['request-http-version', { ...handshake(), httpVersion: '1.0' }],
    ['request-http-version', { ...handshake(), httpVersion: '2.0' }],
    ['request-host', handshake({ Host: null })],
    ['request-upgrade', handshake({ Upgrade: 'h2c' })],
    ['request-connection', handshake({ Connection: 'keep-alive' })],
    ['request-key', handshake({ 'Sec-WebSocket-Key': randomBytes(15).toString('base64') })],
    ['request-version', handshake({ 'Sec-WebSocket-Version': '8' })],
    ['request-subprotocols', handshake({ 'Sec-WebSocket-Protocol': 'chat, soap, chat' })],
    ['request-subprotocols', handshake({ 'Sec-WebSocket-Protocol': 'chat room' })],
    ['request-upgrade', handshake({ Upgrade: 'websocket\u00a0' })],
  ];
  it.each(requests)('%s fails alone when only it is broken', (rule, request) => {
    expect(broken(request)).toEqual([rule]);
  });

  it('finds the token Upgrade anywhere in the list, in any case', () => {
    expect(broken(handshake({ Connection: 'keep-alive, uPGRADE' }))).toEqual([]);
    expect(broken(handshake({ Connection: 'Upgraded' }))).toEqual(['request-connection']);
  });

  const answers: [string, Record<string, string | null>][] = [
    ['response-upgrade', { Upgrade: null }],
    ['response-connection', { Connection: 'close' }],
    ['response-accept', { 'Sec-WebSocket-Accept': null }],
    ['response-accept', { 'Sec-WebSocket-Accept': acceptValue(freshKey()) }],
    ['response-subprotocol', { 'Sec-WebSocket-Protocol': 'chat' }],
    ['response-extensions', { 'Sec-WebSocket-Extensions': 'permessage-deflate' }],
  ];
  it.each(answers)('%s fails alone when only it is broken', (rule, changed) => {
    const request = handshake();
    expect(broken(request, answer(request.key, changed))).toEqual([rule]);
  });

  it('names the value that it found and the one that it expected', () => {
    const request = handshake();
    const wrong = acceptValue(freshKey());
    const rule = checkHandshake(request, answer(request.key, { 'Sec-WebSocket-Accept': wrong })).find(
      ({ rule }) => rule === 'response-accept',
    );
    expect(rule?.message).toContain(wrong);
    expect(rule?.message).toContain(acceptValue(request.key));
  });

  it('lets a server choose one of what was offered', () => {
    const request = handshake({
      'Sec-WebSocket-Protocol': 'chat, soap',
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    });
    const chosen = {
      'Sec-WebSocket-Protocol': 'soap',
      'Sec-WebSocket-Extensions': 'permessage-deflate; server_no_context_takeover',
    };
    expect(broken(request, answer(request.key, chosen))).toEqual([]);
    expect(broken(request, answer(request.key, { 'Sec-WebSocket-Protocol': 'chat, soap' }))).toEqual([
      'response-subprotocol',
    ]);
  });

  it('holds of another answer only the status, and that a refused version is told the right one', () => {
    const request = handshake({ 'Sec-WebSocket-Version': '7' });
    const refusal = { status: 426, reason: 'Upgrade Required', headers: [] as Header[] };
    expect(broken(request, refusal)).toEqual(['request-version', 'response-status', 'response-version']);
    expect(broken(request, { ...refusal, headers: [['Sec-WebSocket-Version', '13']] })).toEqual([
      'request-version',
      'response-status',
    ]);
  });

  it('trims as HTTP has it, and leaves no-break spaces and what stands within alone', () => {
    const space = fc.stringMatching(/^[ \t]*$/);
    fc.assert(
      fc.property(
        space,
        fc.stringMatching(/^([\u00a0!-~]([\u00a0 -~]*[\u00a0!-~])?)?$/),
        space,
        (before, text, after) => {
          expect(trimmed(before + text + after)).toBe(text);
        },
      ),
    );
  });

  it('never throws, whatever the headers', () => {
    const header = fc.tuple(
      fc.oneof(
        fc.string(),
        fc.constantFrom('Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Extensions'),
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(header), fc.array(header), fc.integer(), (request, response, status) => {
        const rules = checkHandshake(
          { method: 'GET', path: '/', headers: request },
          { status, reason: '', headers: response },
        );
        expect(rules.every(({ message }) => message.endsWith('.'))).toBe(true);
      }),
    );
  });
});
