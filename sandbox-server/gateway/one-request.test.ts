// A connection at the gateway has one request, whatever is sent behind it before the answer.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { freshKey } from './handshake/key.ts';
import { exchangeRaw } from './raw-client.fixture.ts';
import {
  definitionText,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway();
  lab.deploy(definitionText('/one', upgradePolicy()));
  lab.deploy(definitionText('/text', scriptPolicy("context.set('message.status.code', 201);")));
});
beforeEach(() => {
  lab.events.length = 0;
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});

const plain = `GET /maple/sandbox/text HTTP/1.1\r\nHost: localhost\r\n\r\n`;
const post = `POST /maple/sandbox/text HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi`;
const upgrade = () =>
  `GET /maple/sandbox/one HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${freshKey()}\r\nSec-WebSocket-Version: 13\r\n\r\n`;

it.each([
  ['another plain request', `${plain}${plain}`],
  ['a hundred of them', plain.repeat(100)],
  ['one with a body', `${plain}${post}`],
  ['one with half a body', `${plain}${post.slice(0, -1)}`],
  ['a WebSocket handshake', `${plain}${upgrade()}`],
  ['a handshake and frames', `${plain}${upgrade()}\x81\x80abcd`],
])('behind a plain request, %s is never served', async (_, bytes) => {
  const { status, text } = await exchangeRaw(lab.port, bytes);
  expect(status).toBe(201);
  expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  while (lab.gateway.stats().connections > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(lab.told('request-received')).toHaveLength(1);
});
