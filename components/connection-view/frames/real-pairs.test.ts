import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import {
  answers,
  closeEcho,
  leave,
  openEcho,
} from '../../../sandbox-server/gateway/assembly/echo-target.fixture.ts';
import { ConnectionStore } from '../connection-store.ts';
import { storyOf } from '../story.fixture.ts';
import { payloadOf } from './frame-facts.ts';
import { comesIn, type FrameEvent } from './frame-hops.ts';

afterEach(closeEcho);

test('of a real connection whose messages a policy rewrites, every frame is paired with its other hop', async () => {
  const { lab, socket } = await openEcho({
    request:
      "context.message.body.readAsBuffer(function (error, body) { context.message.body.write('new ' + body); });",
  });
  const count = 20;
  const all = answers(socket, count);
  for (let n = 0; n < count; n += 1) {
    // Some in two fragments.
    const text = randomBytes(8).toString('hex');
    if (n % 3 === 0) {
      socket.send(text.slice(0, 5), { fin: false });
      socket.send(text.slice(5));
    } else socket.send(text);
  }
  await all;
  await leave({ socket, lab });
  const store = new ConnectionStore();
  for (const event of storyOf(lab)) store.add(event);
  const [connection] = store.connections;
  const frames = connection?.frames ?? [];
  const hexOfPartner = (each: FrameEvent) => {
    const partner = connection?.pairs.partnerOf(each);
    return partner && payloadOf(partner).hex;
  };
  expect(frames.filter((each) => connection?.pairs.partnerOf(each) === null && each.opcode < 8)).toEqual([]);
  for (const each of frames.filter(({ direction, opcode }) => comesIn(direction) && opcode === 0))
    expect(hexOfPartner(each)).toMatch(new RegExp(`${payloadOf(each).hex}$`));
});
