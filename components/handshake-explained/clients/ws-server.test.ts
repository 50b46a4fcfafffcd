import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { freshKey } from '../../../sandbox-server/gateway/handshake/key.ts';
import { broken } from './broken-head.fixture.ts';
import { wsServer } from './ws-server.ts';

const right = () =>
  [
    'GET /demo/sandbox/websocket-test HTTP/1.1',
    'Host: localhost:9443',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${freshKey()}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n');
const FIELDS = [
  'POST / HTTP/1.1',
  'GET /a HTTP/1.0',
  'OPTIONS * HTTP/1.1',
  'QUERY / HTTP/2.0',
  'BREW / HTTP/1.1',
  'GET /',
  'GET x HTTP/1.1',
  'Upgrade: WebSocket',
  'Upgrade: h2c, websocket',
  'Upgrade:',
  'Connection: keep-alive, upgrade',
  'Connection: close',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZR==',
  'Sec-WebSocket-Version: 8',
  'Sec-WebSocket-Version: 7',
  'Sec-WebSocket-Version: 0xd',
  'Sec-WebSocket-Version: ',
  'Sec-WebSocket-Protocol: chat, soap',
  'Sec-WebSocket-Protocol: chat, chat',
  'Sec-WebSocket-Protocol: chat room',
  'Sec-WebSocket-Protocol: a,,b',
  'Sec-WebSocket-Protocol: a, ',
  'Content-Length: 3',
  'Content-Length: x',
  ' folded',
];

let sockets: WebSocketServer;
beforeAll(async () => {
  sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
  });
  await once(sockets, 'listening');
});
afterAll(() => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
});

/** The status line and the body of what the real server answers; empty where it closes without. */
async function real(head: string): Promise<string> {
  const address = sockets.address();
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen.');
  const socket = connect(address.port, '127.0.0.1');
  socket.end(Buffer.from(head, 'latin1'));
  const bytes = Buffer.concat(await socket.toArray()).toString('latin1');
  const [, status = '', headers = '', body = ''] =
    /^HTTP\/1\.1 ([^\r]*)\r\n(.*?)\r\n\r\n(.*)$/s.exec(bytes) ?? [];
  const told = /^transfer-encoding/im.test(headers) || status.startsWith('426') ? '' : body;
  return status.startsWith('101') || told === '' ? status : `${status}: ${told}`;
}

const request = fc
  .tuple(fc.constant(null).map(right), fc.constantFrom('', ...FIELDS.slice(0, 7)))
  .chain(([head, line]) => broken(line === '' ? head : head.replace(/^.*/, line), FIELDS));

test('the verdict on any request is the answer of the real ws server', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(request, async (head) => {
      const finding = wsServer(head);
      const said = await real(head);
      // A client that ends in the middle of its head gets 400, or nothing where it has said nothing.
      if (finding === 'waits') expect(['400 Bad Request', '']).toContain(said);
      else expect(said).toBe(finding === null ? '101 Switching Protocols' : finding.says);
      seen.add(said);
    }),
    { numRuns: 400 },
  );
  expect(seen.size).toBeGreaterThan(4);
}, 60_000);
