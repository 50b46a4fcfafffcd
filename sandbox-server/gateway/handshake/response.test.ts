import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest, Message, MessageHeader, ScriptResult } from '../../gatewayscript/types.ts';
import { headBytes } from './head.ts';
import { composeResponse, scriptResponse } from './response.ts';

const sent = (name: string, value: string): MessageHeader => ({ name, value, origin: 'request' });
const set = (name: string, value: string): MessageHeader => ({ name, value, origin: 'policy' });

const fromClient = [
  sent('Host', 'gateway.example'),
  sent('User-Agent', 'test'),
  sent('Upgrade', 'websocket'),
  sent('Connection', 'keep-alive, Upgrade'),
  sent('Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='),
  sent('Sec-WebSocket-Version', '13'),
  sent('Sec-WebSocket-Extensions', 'permessage-deflate'),
  sent('Sec-WebSocket-Protocol', 'chat'),
  sent('Content-Type', 'text/plain'),
];
const request: HttpRequest = { method: 'GET', path: '/', headers: [], body: new Uint8Array() };

function message(
  code: number | null,
  headers: MessageHeader[],
  body = '',
  bodyOrigin: Message['bodyOrigin'] = 'request',
): Message {
  return {
    status: code === null ? null : { code, reason: '' },
    headers,
    body: Buffer.from(body),
    bodyOrigin,
  };
}

describe('the response that a message becomes', () => {
  it('keeps of the request in a 101 only Upgrade and Connection, and all that the script set, in order', () => {
    const accept = randomBytes(20).toString('base64');
    const response = composeResponse(
      request,
      message(101, [...fromClient, set('Sec-WebSocket-Accept', accept), set('X-Own', '1')]),
    );
    expect(headBytes(response).toString('latin1')).toBe(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n` +
        `Sec-WebSocket-Accept: ${accept}\r\nX-Own: 1\r\n\r\n`,
    );
  });

  it('keeps nothing of the request in a 101 with lab-echo: none', () => {
    const response = composeResponse(request, message(101, [...fromClient, set('Upgrade', 'WebSocket')]), {
      echo: 'none',
    });
    expect(response.headers).toEqual([['Upgrade', 'WebSocket']]);
  });

  it('has no body after a 101, whatever the script wrote', () => {
    const response = composeResponse(
      request,
      message(101, [], 'bytes that would be read as frames', 'policy'),
    );
    expect(response.body).toHaveLength(0);
    expect(response.headers).toEqual([]);
  });

  it('is 200 OK where no policy set a status, with the body still the request’s own', () => {
    const response = composeResponse(request, message(null, fromClient, 'hello'));
    expect(response).toMatchObject({ status: 200, reason: 'OK' });
    expect(response.headers).toEqual([
      ['Content-Type', 'text/plain'],
      ['Content-Length', '5'],
    ]);
  });

  it('drops the request’s Content-Type when a policy has written the body', () => {
    const response = composeResponse(request, message(200, fromClient, '{}', 'policy'));
    expect(response.headers).toEqual([['Content-Length', '2']]);
  });

  it('says the length itself, so that no script can make a client misread where the answer ends', () => {
    const lying = [set('Content-Length', '0'), set('transfer-encoding', 'chunked'), set('X-Own', '1')];
    const response = composeResponse(request, message(200, lying, 'body', 'policy'));
    expect(response.headers).toEqual([
      ['X-Own', '1'],
      ['Content-Length', '4'],
    ]);
  });

  it('carries the transaction id, unless the script set one', () => {
    const id = randomBytes(12).toString('hex');
    expect(composeResponse(request, message(204, []), { transactionId: id }).headers).toEqual([
      ['X-Global-Transaction-ID', id],
    ]);
    const own = message(204, [set('x-global-transaction-id', 'own')]);
    expect(composeResponse(request, own, { transactionId: id }).headers).toEqual([
      ['x-global-transaction-id', 'own'],
    ]);
  });

  it('lets no header break the head apart: such a head becomes a 500 that says why', () => {
    const response = composeResponse(request, message(101, [set('X-Own', 'a\r\nX-Injected: b')]));
    expect(response.status).toBe(500);
    expect(Buffer.from(response.body).toString()).toContain('X-Own');
  });

  it('always composes a head of whole lines, whatever the script set', () => {
    const header = fc.record({
      name: fc.string(),
      value: fc.string(),
      origin: fc.constantFrom('request' as const, 'policy' as const),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 700 }),
        fc.string(),
        fc.array(header),
        (code, reason, headers) => {
          const response = composeResponse(request, {
            status: { code, reason },
            headers,
            body: new Uint8Array(),
            bodyOrigin: 'policy',
          });
          const lines = headBytes(response).toString('latin1').split('\r\n');
          expect(lines).toHaveLength(response.headers.length + 3);
          expect(lines[0]).toMatch(/^HTTP\/1\.1 [1-5]\d\d /);
          expect(lines.join('')).not.toMatch(/[\r\n]/);
        },
      ),
    );
  });
});

describe('the response after a script', () => {
  const result = (changed: Partial<ScriptResult>): ScriptResult => ({
    outcome: 'completed',
    message: message(null, []),
    variables: {},
    console: [],
    truncated: false,
    trace: [],
    error: null,
    durationMs: 0,
    ...changed,
  });
  const bodyOf = (changed: Partial<ScriptResult>) => {
    const response = scriptResponse(request, result(changed));
    return { status: response.status, ...JSON.parse(Buffer.from(response.body).toString()) };
  };

  it.each(['threw', 'syntax-error', 'interrupted', 'out-of-memory'] as const)(
    '%s is the default 500, and tells the client nothing',
    (outcome) => {
      const secret = randomBytes(8).toString('hex');
      const error = { name: 'Error', message: secret, line: 1, column: 1 };
      expect(bodyOf({ outcome, error, message: message(101, [set('X', secret)], secret, 'policy') })).toEqual(
        {
          status: 500,
          httpCode: '500',
          httpMessage: 'Internal Server Error',
          moreInformation: '',
        },
      );
    },
  );

  it('shapes a rejection from the status that the script set after it', () => {
    const error = { name: 'CustomError', message: 'No key, no entry', line: 2, column: 1 };
    const rejected = { ...message(501, []), status: { code: 501, reason: 'Custom Error' } };
    expect(bodyOf({ outcome: 'rejected', error, message: rejected })).toEqual({
      status: 501,
      httpCode: '501',
      httpMessage: 'Custom Error',
      moreInformation: 'No key, no entry',
    });
    expect(bodyOf({ outcome: 'rejected', error, message: message(101, []) })).toMatchObject({
      status: 500,
      httpCode: '500',
    });
  });

  it('lets a rejection carry the headers that the script set, but none of the request’s and none of a body', () => {
    const headers = [...fromClient, set('WWW-Authenticate', 'Basic'), set('Content-Length', '999')];
    const response = scriptResponse(request, result({ outcome: 'rejected', message: message(401, headers) }));
    expect(response.headers.map(([name]) => name)).toEqual([
      'WWW-Authenticate',
      'Content-Type',
      'Content-Length',
    ]);
    expect(response.headers.at(-1)?.[1]).toBe(String(response.body.length));
  });
});
