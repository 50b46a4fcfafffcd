import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { answers, closeEcho, leave, nextText, openEcho } from '../../assembly/echo-target.fixture.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
} from '../../started-gateway.fixture.ts';

afterEach(closeEcho);

const lines = (lab: StartedGateway) =>
  lab.told('gateway-log').flatMap(({ level, text }) => (level === 'warn' ? [text] : []));

it('with textOnly a binary message is lost in either direction, the log says so once, and how many at the end', async () => {
  const { lab, socket, far, got } = await openEcho({}, { switches: { textOnly: true } });
  const text = nextText(socket);
  for (let i = 0; i < 3; i += 1) socket.send(Buffer.alloc(2_000, i));
  far.send(Buffer.from([1]));
  socket.send('text');
  expect(await text).toBe('text');
  expect(got).toEqual([{ data: Buffer.from('text'), binary: false }]);
  expect(lines(lab)).toEqual([
    expect.stringMatching(/^A binary message of the (client|target) \(.* bytes\) is lost/),
  ]);
  await leave({ socket, lab });
  expect(lines(lab).at(-1)).toBe('4 messages were lost on this connection because of being binary.');
});

it('with messageMaxBytes a larger message is lost, in IBM’s own words, and one of that size is not', async () => {
  const { lab, socket, got } = await openEcho({}, { switches: { messageMaxBytes: 1_023 } });
  const two = answers(socket, 2);
  socket.send('€'.repeat(341));
  // Larger than what the gateway would ever put together, too: it is not kept, so it may be.
  socket.send('a'.repeat(2_000_000));
  socket.send('b'.repeat(1_024));
  socket.send('after');
  expect(await two).toEqual(['€'.repeat(341), 'after']);
  expect(got).toHaveLength(2);
  expect(lines(lab)).toEqual([
    expect.stringContaining('"The maximum reliable message payload is less than 1 KB"'),
  ]);
  expect(lines(lab)[0]).toContain('of the client (2000000 bytes)');
  await leave({ socket, lab });
  expect(lines(lab).at(-1)).toBe('2 messages were lost on this connection because of the size.');
});

it('switches hold for a scripted 101 too', async () => {
  const lab = await startGateway({ switches: { textOnly: true } });
  lab.deploy(
    definitionText('/one', scriptPolicy(handshakeScript()), '  properties: {lab-attach: {value: uppercase}}'),
  );
  const socket = lab.connect('/maple/sandbox/one');
  const two = answers(socket, 2);
  await once(socket, 'open');
  socket.send(Buffer.from('binary'));
  socket.send('text');
  expect((await two)[1]).toBe('Processed message: TEXT');
  expect(lines(lab)).toHaveLength(1);
  await leave({ socket, lab });
  await lab.close();
  expect(lab.faults).toEqual([]);
});

it('where nobody asks, frames are passed as they come: fragments stay fragments, and nothing is read', async () => {
  const { lab, socket, got } = await openEcho({});
  const answer = nextText(socket);
  socket.send('frag', { fin: false });
  socket.send('ments', { fin: true });
  expect(await answer).toBe('fragments');
  expect(got).toHaveLength(1);
  const sent = lab.told('frame').filter(({ direction }) => direction === 'client-to-gateway');
  expect(sent.map(({ opcode, fin }) => [opcode, fin])).toEqual([
    [1, false],
    [0, true],
  ]);
  expect(lab.told('frame').some(({ direction }) => direction.includes('target'))).toBe(false);
  await leave({ socket, lab });
});

it('where somebody asks, both sides of the gateway are told, and a message goes on as one frame', async () => {
  const { lab, socket } = await openEcho({}, { switches: { messageMaxBytes: 1_000 } });
  const answer = nextText(socket);
  socket.send('frag', { fin: false });
  socket.send('ments', { fin: true });
  expect(await answer).toBe('fragments');
  const frames = lab
    .told('frame')
    .map(({ direction, fin, masked, payload }) => [direction, fin, masked, payload]);
  expect(frames).toEqual([
    ['client-to-gateway', false, true, 'frag'],
    ['client-to-gateway', true, true, Buffer.from('ments').toString('hex')],
    ['gateway-to-target', true, true, 'fragments'],
    ['target-to-gateway', true, false, 'fragments'],
    ['gateway-to-client', true, false, 'fragments'],
  ]);
  await leave({ socket, lab });
});

it('a ping is answered by the other end, through the gateway', async () => {
  const { lab, socket } = await openEcho({}, { switches: { textOnly: true } });
  const pong = once(socket, 'pong');
  socket.ping('here');
  expect(String((await pong)[0])).toBe('here');
  await leave({ socket, lab });
});
