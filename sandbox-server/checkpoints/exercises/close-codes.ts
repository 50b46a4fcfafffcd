// Exercise: a server says with the right code why it closes (RFC 6455, section 7.4.1), and harms nobody else with it.
import { randomBytes } from 'node:crypto';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import type { TrialSocket } from '../client/socket.ts';
import { connected, ending, told } from './connected.ts';
import { freshWord } from './fresh-word.ts';

/** Bytes of the longest message that is served, as the exercise has it. */
const LONGEST = 1_024;

export const closeCodes: TrialCheckpoint = {
  step: 'close-codes',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const bystander = await greeted(examination);
    const longest = freshWord().padEnd(LONGEST, 'x');
    await expectEcho(examination, bystander, longest, `A text of ${LONGEST} bytes is served`);

    await expectClose(examination, await greeted(examination), {
      title: 'A client says bye',
      send: 'bye',
      code: 1000,
      hint: '1000 is the normal end: `socket.close(1000, "…")`, with the reason that you want to give.',
    });
    await expectClose(examination, await greeted(examination), {
      title: 'A client sends bytes',
      send: randomBytes(16),
      code: 1003,
      hint: 'The second argument of the message handler is true for a binary message. Look at it before anything else.',
    });
    await expectClose(examination, await connected(examination), {
      title: 'A client does not say hello first',
      send: freshWord(),
      code: 1008,
      hint: '1008 is for a rule of your own that was broken. Note for each connection whether it has said hello.',
    });
    await expectClose(examination, await greeted(examination), {
      title: `A text of ${LONGEST + 1} bytes, but of fewer characters`,
      send: `ü${freshWord().padEnd(LONGEST - 1, 'x')}`,
      code: 1009,
      needsReason: false,
      hint: '`maxPayload: 1024` lets `ws` count the bytes and close with 1009 by itself. It is told as an `error` of the socket: an error that nobody listens for ends the server.',
    });
    await expectEcho(examination, bystander, freshWord(), 'Another client is served all the while');
  },
};

/** A client that has kept the rule. */
async function greeted(examination: Examination): Promise<TrialSocket> {
  const socket = await connected(examination);
  await expectEcho(examination, socket, 'hello', 'A client says hello first, and it comes back');
  return socket;
}

async function expectEcho(
  { expect }: Examination,
  socket: TrialSocket,
  text: string,
  title: string,
): Promise<void> {
  socket.send(text);
  const answer = await socket.next();
  expect(answer?.text === text && !answer.binary, {
    title,
    exchange: socket,
    expected: `a text message: ${text.slice(0, 40)}${text.length > 40 ? '…' : ''}`,
    received: await told(socket, answer),
    hint: 'What breaks no rule is sent back as text, and the connection stays open.',
  });
}

interface Wrong {
  title: string;
  send: string | Uint8Array;
  code: number;
  /** `ws` gives none with the 1009 that it sends by itself. */
  needsReason?: boolean;
  hint: string;
}

async function expectClose(
  { expect }: Examination,
  socket: TrialSocket,
  { title, send, code, needsReason = true, hint }: Wrong,
): Promise<void> {
  socket.send(send);
  const end = await socket.closed();
  const received = end ? ending(end) : 'the connection is still open';
  const expected = `close ${code}${needsReason ? ' and a reason' : ''}`;
  expect(end?.code === code, { title, exchange: socket, expected, received, hint });
  if (!needsReason) return;
  expect(end?.reason !== '', {
    title: `${title}: the close says why`,
    exchange: socket,
    expected,
    received,
    hint: 'The second argument of `close` is the reason, up to 123 bytes of text.',
  });
}
