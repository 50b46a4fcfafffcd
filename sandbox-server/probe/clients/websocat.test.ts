// What websocat prints of a connection that is open; what it refuses is tested with the other clients, in http/probes.test.ts.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createWire } from '../../backend/wire.ts';
import {
  definitionText,
  type StartedGateway,
  startGateway,
  upgradePolicy,
} from '../../gateway/started-gateway.fixture.ts';
import { runProbe } from '../probe.ts';

let lab: StartedGateway | undefined;
afterEach(() => lab?.close());

/** Runs it against a target that does this. */
async function printed(onConnection: (socket: WebSocket) => void): Promise<string[]> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', onConnection);
  const network = {
    connect() {
      const [client, far] = createWire();
      http.emit('connection', far);
      return client;
    },
  };
  lab = await startGateway({ network });
  lab.deploy(definitionText('/one', upgradePolicy()));
  const ask = {
    client: 'websocat' as const,
    target: '/maple/sandbox/one',
    method: 'GET',
    headers: [],
    protocols: [],
    messages: [],
    pingMs: null,
    stayMs: 5_000,
    replyMs: 1_000,
  };
  const endpoint = { host: '127.0.0.1', port: lab.port, servername: 'maple.localhost' };
  return (await runProbe(ask, endpoint, 10_000)).lines;
}

const OPENED = [
  '[INFO  websocat::ws_client_peer] get_ws_client_peer',
  '[INFO  websocat::ws_client_peer] Connected to ws',
];

it('a ping is told and answered with its own payload, a close frame is told', async () => {
  const payload = `ping ${Math.random()}`;
  let pong: Promise<unknown[]> | undefined;
  const lines = await printed((socket) => {
    pong = once(socket, 'pong');
    socket.ping(payload);
    void pong.then(() => socket.close(1000));
  });
  expect(String((await pong)?.[0])).toBe(payload);
  expect(lines).toEqual([
    ...OPENED,
    '[INFO  websocat::ws_peer] Received WebSocket ping',
    '[INFO  websocat::ws_peer] Received WebSocket close message',
  ]);
});

it('an end without a close frame is told as such, text as it is, binary in hex', async () => {
  const text = `tëxt ${Math.random()}`;
  const lines = await printed((socket) => {
    socket.send(text);
    socket.send(Buffer.from([0, 255]), () => socket.terminate());
  });
  expect(lines).toEqual([...OPENED, text, '(binary) 00ff', '[INFO  websocat::ws_peer] incoming None']);
});
