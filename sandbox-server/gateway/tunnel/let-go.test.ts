// Thousands of connections may be silent for hours: what each still keeps is the tunnel's, and nothing of the handshake that opened it.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it, vi } from 'vitest';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';

setFlagsFromString('--expose_gc');
const collectGarbage: () => void = runInNewContext('gc');

let lab: StartedGateway | undefined;
afterEach(() => lab?.close());

it.each([
  ['of websocket-upgrade', definitionText('/one', upgradePolicy())],
  [
    'of a scripted 101',
    definitionText('/one', scriptPolicy(handshakeScript()), '  properties: {lab-attach: {value: uppercase}}'),
  ],
  [
    'that reads messages',
    definitionText('/one', upgradePolicy(undefined, ['response-assembly: {execute: [{log: {}}]}'])),
  ],
])('a tunnel %s lets go of the request', async (_, text) => {
  lab = await startGateway();
  lab.deploy(text);
  const requests: WeakRef<IncomingMessage>[] = [];
  lab.server.on('upgrade', (request) => requests.push(new WeakRef(request)));
  const socket = lab.connect('/maple/sandbox/one');
  await Promise.all([once(socket, 'open'), once(socket, 'message')]);
  await vi.waitFor(() => {
    collectGarbage();
    expect(requests.map((request) => request.deref())).toEqual([undefined]);
  }, 20_000);
  socket.send('still there');
  expect(String(await once(socket, 'message'))).toContain('STILL THERE');
  socket.terminate();
});
