import { afterEach, describe, expect, it } from 'vitest';
import { acceptValue } from '../handshake/accept.ts';
import { upgradePolicy } from '../started-gateway.fixture.ts';
import { closeTarget, refused, switching, type Target, withTarget } from './one-target.fixture.ts';

afterEach(closeTarget);

describe('websocket-upgrade to a target that fails', () => {
  const failing: [string, Target, string[], string][] = [
    ['refuses the connection', {}, ['http://backend:1'], 'ECONNREFUSED'],
    [
      'speaks no TLS',
      {},
      ['https://backend:8091'],
      ': the TLS handshake failed: wrong version number. A server that speaks plain HTTP is reached by http://',
    ],
    [
      'never answers',
      { onUpgrade: (_, stream) => void stream.on('error', () => {}) },
      ['http://backend:8091', 'timeout: 1'],
      '1 s',
    ],
    [
      'hangs up',
      { onUpgrade: (_, stream) => void stream.destroy() },
      ['http://backend:8091'],
      'socket hang up',
    ],
    ['is no URL once its variable is read', {}, ['$(request.headers.x-target)'], 'request.headers.x-target'],
    ['is outside the sandbox', {}, ['http://$(request.headers.sec-websocket-version).example'], '13.example'],
    [
      'sends a wrong accept value',
      { onUpgrade: switching({ 'Sec-WebSocket-Accept': 'no' }) },
      ['http://backend:8091'],
      'Sec-WebSocket-Accept is no',
    ],
    [
      'speaks a subprotocol that nobody asked for',
      { onUpgrade: switching({ 'Sec-WebSocket-Protocol': 'own' }) },
      ['http://backend:8091'],
      'own',
    ],
    [
      'sends a 101 without Upgrade',
      { onUpgrade: switching({ Upgrade: null }) },
      ['http://backend:8091'],
      'Upgrade',
    ],
    [
      'sends a 101 of HTTP/1.0',
      {
        onUpgrade(request, stream) {
          const accept = acceptValue(request.headers['sec-websocket-key'] ?? '');
          stream.end(
            `HTTP/1.0 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
          );
        },
      },
      ['http://backend:8091'],
      "The target's 101 is of HTTP/1.0.",
    ],
    [
      'answers with too large a body',
      {
        onUpgrade: (_, stream) =>
          void stream.on('error', () => {}).write(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(1_100_000)}`),
      },
      ['http://backend:8091'],
      'over',
    ],
  ];
  it.each(failing)(
    'a target that %s: 500 with the product’s sentence, the reason in the log',
    async (_, target, [url, ...more], reason) => {
      const started = await withTarget(target, upgradePolicy(url, more));
      const { status, body } = await refused(started);
      expect([status, JSON.parse(body)]).toEqual([
        500,
        {
          httpCode: '500',
          httpMessage: 'Internal Server Error',
          moreInformation: 'Failed to establish a backside connection',
        },
      ]);
      const failure = started.told('gateway-log').at(-1);
      expect(failure).toMatchObject({
        code: '0x01130006',
        level: 'error',
        text: expect.stringContaining(reason),
      });
    },
  );

  it('an answer of HTTP/1.0 goes on, and its version leaves its own event', async () => {
    const onUpgrade: Target['onUpgrade'] = (_, stream) =>
      void stream.end('HTTP/1.0 503 Away\r\nContent-Length: 4\r\n\r\nlate');
    const started = await withTarget({ onUpgrade });
    expect(await refused(started)).toMatchObject({ status: 503, body: 'late' });
    expect(started.told('gateway-log')).toContainEqual(
      expect.objectContaining({
        level: 'error',
        code: '0x00b3006d',
        text: 'HTTP 1.1 response version is required for WebSocket upgrade.',
      }),
    );
  });
});
