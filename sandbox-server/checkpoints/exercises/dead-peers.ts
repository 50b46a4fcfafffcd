// Exercise: pings find the clients that are not there any more, and only those are ended.
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import { connected, ending, told } from './connected.ts';
import { freshWord } from './fresh-word.ts';

/** Milliseconds in which a silent client has to be ended: two rounds of pings, and the time that a busy lab takes. */
const ENDED_MS = 2_000;

export const deadPeers: TrialCheckpoint = {
  step: 'dead-peers',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const { expect } = examination;
    const living = await connected(examination, {}, 'A client that answers pings');
    // One after the other, so that the living one has been through more rounds than one.
    for (const who of ['A client that does not answer pings', 'A second client that does not answer pings']) {
      const dead = await connected(examination, { answersPings: false }, who);
      const end = await dead.closed(ENDED_MS);
      expect(dead.pings() > 0, {
        title: `${who} is pinged`,
        exchange: dead,
        expected: 'a ping',
        received: end ? `none, and then ${ending(end)}` : 'none',
        hint: 'Go through `server.clients` in a `setInterval` of 300 ms, and call `ping()` of each.',
      });
      expect(end !== null, {
        title: `${who} is ended`,
        exchange: dead,
        expected: `the end of its connection within ${ENDED_MS / 1_000} s`,
        received: `still open, pings until now: ${dead.pings()}`,
        hint: 'Before each ping, look whether the last one was answered. Note it in the handler of `pong`.',
      });
      expect(end?.code === 1006, {
        title: `${who} is ended without a close frame`,
        exchange: dead,
        expected: 'the end without a close frame',
        received: end ? ending(end) : 'nothing',
        hint: '`close()` waits for the answer of the other side, and a dead one gives none. `terminate()` does not wait.',
      });
      await expectAlive(examination, living);
    }
    const answered = await living.ping();
    expect(answered, {
      title: 'The server answers a ping of its client',
      exchange: living,
      expected: 'a pong',
      received: 'none',
      hint: '`ws` answers pings by itself, unless it is told not to with `autoPong: false`.',
    });
  },
};

async function expectAlive(
  { expect }: Examination,
  living: Awaited<ReturnType<typeof connected>>,
): Promise<void> {
  const text = freshWord();
  living.send(text);
  const answer = await living.next();
  expect(answer?.text === text, {
    title: 'The client that answers pings is still served',
    exchange: living,
    expected: `a message with ${text}`,
    received: await told(living, answer),
    hint: 'End only who has not answered the last ping: the handler of `pong` says that this one is alive.',
  });
}
