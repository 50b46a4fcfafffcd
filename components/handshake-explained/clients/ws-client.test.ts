import { once } from 'node:events';
import { METHODS as NODE_METHODS } from 'node:http';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { acceptValue } from '../../../sandbox-server/gateway/handshake/accept.ts';
import { broken } from './broken-head.fixture.ts';
import { METHODS } from './node-start-line.ts';
import { wsClient } from './ws-client.ts';

/** Stands for the accept value of the key that came. */
const ACCEPT = '{accept}';
const RIGHT = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${ACCEPT}`,
  '',
  '',
].join('\r\n');
const FIELDS = [
  'Sec-WebSocket-Protocol: chat',
  'Sec-WebSocket-Protocol: soap',
  'sec-websocket-protocol: chat, soap',
  'Sec-WebSocket-Protocol:',
  'Sec-WebSocket-Extensions: permessage-deflate',
  'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_max_window_bits=12',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
  'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits="9"',
  'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16',
  'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover=1',
  'Sec-WebSocket-Extensions: permessage-deflate; foo, permessage-deflate',
  'Sec-WebSocket-Extensions: x-webkit-deflate-frame',
  'Sec-WebSocket-Extensions: ,',
  'Sec-WebSocket-Extensions: permessage-deflate ;server_max_window_bits = 9',
  'Upgrade: WebSocket',
  'Upgrade: websocket, h2c',
  'Upgrade: ',
  'Connection: keep-alive',
  'Connection: keep-alive, upgrade',
  'Connection: close , UPGRADE ',
  'Connection: upgrade x',
  `Sec-WebSocket-Accept:   ${ACCEPT} \t`,
  `Sec-WebSocket-Accept: ${ACCEPT},`,
  'Content-Length: 3',
  'Content-Length: x',
  'Content-Length: ',
  'Transfer-Encoding: chunked',
  'HTTP/1.1 200 OK',
  ' folded',
  'no colon',
  'Space : before',
];
const STATUS_LINES = [
  'HTTP/1.1 101 Switching Protocols',
  'HTTP/1.1 200 OK',
  'HTTP/1.1 100 Continue',
  'HTTP/1.1 404 Not Found',
  'HTTP/1.0 101 x',
  'HTTP/1.1 101',
  'HTTP/2 101',
  'HTTP/2.0 101 ',
  'HTTP/1.1 1010',
  'ICY 101',
];

const response = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: fc.constant(STATUS_LINES[0]) }, fc.constantFrom(...STATUS_LINES)),
    fc.constantFrom('', '', `${FIELDS[0]}\r\n`, `${FIELDS[4]}\r\n`),
  )
  .chain(([line = '', field]) =>
    broken(RIGHT.replace(/^.*/, line).replace('Connection', `${field}Connection`), FIELDS),
  );
const protocols = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string[]>([], ['chat'], ['chat', 'soap']) },
  fc.constantFrom(['a b'], ['chat', 'chat']),
);

let answer: (key: string) => string = () => '';
const server = createServer((socket) => {
  let head = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    head += chunk.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    const key = /^sec-websocket-key: (.*)\r$/im.exec(head)?.[1] ?? '';
    head = '';
    socket.end(Buffer.from(answer(key), 'latin1'));
  });
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

/** What the real client says: `open`, or its error's message. */
async function real(offered: readonly string[], deflate: boolean): Promise<string> {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen.');
  let socket: WebSocket;
  try {
    socket = new WebSocket(`ws://127.0.0.1:${address.port}/`, [...offered], { perMessageDeflate: deflate });
  } catch (error) {
    return `${error}`;
  }
  return new Promise((resolve) => {
    socket.once('open', () => {
      resolve('open');
      socket.terminate();
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

test('the verdict on any answer is that of the real ws, word for word', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(response, protocols, fc.boolean(), async (template, offered, deflate) => {
      let expected = 'not asked';
      const told = (key: string) => {
        const accept = acceptValue(key);
        const bytes = template.replaceAll(ACCEPT, accept);
        const finding = wsClient({ accept, protocols: offered, deflate }, bytes);
        // The server ends after its head, and so does the waiting.
        expected = finding === null ? 'open' : finding === 'waits' ? 'socket hang up' : finding.says;
        return bytes;
      };
      answer = told;
      const said = await real(offered, deflate);
      if (expected === 'not asked') told('never sent');
      expect(said).toBe(expected);
      seen.add(expected);
    }),
    { numRuns: 400 },
  );
  // The sample is one of many kinds, or it would show nothing.
  expect(seen.size).toBeGreaterThan(8);
  expect(seen).toContain('open');
}, 60_000);

test('the methods are those that Node knows', () => {
  expect([...METHODS]).toEqual([...NODE_METHODS].sort());
});
