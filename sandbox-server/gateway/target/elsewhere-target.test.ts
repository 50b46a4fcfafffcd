// A target outside the lab, through the gateway: with the operator's leave its sockets work, and neither it nor a learner leads further.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createVirtualNetwork } from '../../backend/network.ts';
import {
  definitionText,
  type StartedGateway,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';
import { createElsewhere } from './elsewhere.ts';

let reached = 0;
const canary = createTcpServer((socket) => {
  reached += 1;
  socket.destroy();
});
/** Echoes; where the path is `/away` it redirects to the canary. */
const server = createServer();
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  if (request.url?.startsWith('/away')) {
    const to = `http://127.0.0.8:${portOf(canary)}/`;
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  sockets.handleUpgrade(request, socket, head, (client) => {
    client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }));
  });
});

function portOf(listening: { address(): string | AddressInfo | null }): number {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

let lab: StartedGateway;
let origin = '';
beforeAll(async () => {
  // Neither is one of the sandbox's own names.
  server.listen(0, '127.0.0.9');
  canary.listen(0, '127.0.0.8');
  await Promise.all([once(server, 'listening'), once(canary, 'listening')]);
  origin = `http://127.0.0.9:${portOf(server)}`;
  const elsewhere = createElsewhere({ origins: [origin], networks: ['127.0.0.0/8'] });
  lab = await startGateway({ network: createVirtualNetwork({ onConsole() {}, elsewhere }) });
  const policy = upgradePolicy('"$(request.parameters.to)"', [
    'decode-request-params: true',
    'follow-redirects: true',
  ]);
  lab.deploy(definitionText('/to', policy));
});
afterAll(async () => {
  await lab.close();
  sockets.close();
  server.close();
  canary.close();
  expect([reached, lab.faults]).toEqual([0, []]);
});

const connect = (to: string) => lab.connect(`/maple/sandbox/to?to=${encodeURIComponent(to)}`);

async function statusOf(to: string): Promise<number> {
  const socket = connect(to);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  return response.statusCode;
}

test('messages go there and back', async () => {
  const socket = connect(`${origin}/ws`);
  await once(socket, 'open');
  const data = randomBytes(3_000);
  socket.send(data);
  const [answer, isBinary] = await once(socket, 'message');
  expect([answer, isBinary]).toEqual([data, true]);
  socket.close();
  await once(socket, 'close');
});

test('a definition may name it, and no other', async () => {
  const elsewhereOf = (to: string) => definitionText('/named', upgradePolicy(to));
  lab.deploy(elsewhereOf(`${origin}/ws`));
  const socket = lab.connect('/maple/sandbox/named');
  await once(socket, 'open');
  socket.close();
  await once(socket, 'close');
  const other = `http://127.0.0.8:${portOf(canary)}`;
  expect(() => lab.deploy(elsewhereOf(other))).toThrow(`Outside, the operator allows ${origin}.`);
});

test('an origin that is not listed is refused, whatever it shares with one that is', async () => {
  const port = portOf(server);
  for (const to of [
    'http://127.0.0.9:1',
    `http://127.0.0.8:${portOf(canary)}`,
    `https://127.0.0.9:${port}`,
    `http://127.0.0.9.example:${port}`,
    `http://127.0.0.8:${portOf(canary)}/#${origin}`,
    `http://127.0.0.9:${port}@127.0.0.8:${portOf(canary)}`,
  ])
    expect([to, await statusOf(to)]).toEqual([to, 500]);
});

test('its redirect leads only where a target may', async () => {
  expect(await statusOf(`${origin}/away`)).toBe(500);
  expect(lab.told('target-response').at(-1)?.status).toBe(302);
});
