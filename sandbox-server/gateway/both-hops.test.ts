import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { answers, closeEcho, leave, nextText, openEcho } from './assembly/echo-target.fixture.ts';
import type { GatewayEventBody } from './events.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
} from './started-gateway.fixture.ts';

const word = () => Math.random().toString(36).slice(2);
let started: StartedGateway | undefined;
afterEach(async () => {
  await closeEcho();
  await started?.close();
  started = undefined;
});

it('bytes that go on as they come are told before the first frame, and each frame once', async () => {
  const { lab, socket } = await openEcho({});
  const answer = nextText(socket);
  socket.send(word());
  await answer;
  await leave({ socket, lab });
  expect(lab.told('tunnel-opened')).toEqual([{ type: 'tunnel-opened', relay: 'bytes', compression: true }]);
  const types = lab.events.map(({ event }) => event.type);
  expect(types.indexOf('tunnel-opened')).toBeLessThan(types.indexOf('frame'));
  expect(new Set(lab.told('frame').map(({ direction }) => direction))).toEqual(
    new Set(['client-to-gateway', 'gateway-to-client']),
  );
});

it('where messages are read the frames of both hops are told', async () => {
  const { lab, socket } = await openEcho({ request: 'var unused;' });
  const answer = nextText(socket);
  const said = word();
  socket.send(said);
  await answer;
  await leave({ socket, lab });
  expect(lab.told('tunnel-opened')).toMatchObject([{ relay: 'messages', compression: false }]);
  expect(
    lab.told('frame').flatMap(({ direction, payload }) => (payload === said ? [direction] : [])),
  ).toEqual(['client-to-gateway', 'gateway-to-target', 'target-to-gateway', 'gateway-to-client']);
  expect(lab.told('target-request')[0]?.leftOut).toEqual([
    { name: 'sec-websocket-extensions', rule: 'messages-read' },
  ]);
});

it('a scripted 101 with nobody behind it says so, and whose head the client got', async () => {
  started = await startGateway();
  started.deploy(definitionText('/one', scriptPolicy(handshakeScript())));
  const socket = started.connect('/maple/sandbox/one');
  await once(socket, 'open');
  socket.terminate();
  await started.tells('connection-closed');
  expect(started.told('tunnel-opened')).toMatchObject([{ relay: 'nobody' }]);
  expect(started.told('response-sent')).toMatchObject([{ status: 101, from: 'message' }]);
  expect(changed(started.events.map(({ event }) => event))).toEqual([
    ['message.status.code', 'message.status.reason', 'message.headers.Sec-WebSocket-Accept'],
  ]);
});

const changed = (events: readonly GatewayEventBody[]) =>
  events.flatMap((event) =>
    event.type === 'policy-ended' && event.context ? [event.context.changes.map(({ name }) => name)] : [],
  );

it.each([
  [true, ['message.body']],
  [false, undefined],
])(
  'what policies change on messages is looked for only while somebody watches: %s',
  async (watched, names) => {
    const { lab, socket } = await openEcho(
      { request: `context.message.body.write('${word()}');` },
      { watched: () => watched },
    );
    const one = answers(socket, 1);
    socket.send(word());
    await one;
    await leave({ socket, lab });
    const last = lab.told('policy-ended').at(-1);
    expect(last?.context?.changes.map(({ name }) => name)).toEqual(names);
  },
);
