// What the live steps ask of the server that runs: that it answers what a client says, and not only greets.
import type { Examination } from '../checkpoint.ts';
import type { TrialSocket } from '../client/socket.ts';
import { freshWord } from '../exercises/fresh-word.ts';

/** Milliseconds of silence after which a server has greeted: it does so at once, or not at all. */
const GREETED_MS = 300;
/** Messages that are passed over; whoever says more talks without being asked. */
const MOST_GREETINGS = 20;

/** The word says whose it is: it shows in the reader's own console. */
export async function expectAnswered(
  { expect }: Examination,
  socket: TrialSocket,
  { title, hint }: { title: string; hint: string },
): Promise<void> {
  for (let passed = 0; passed < MOST_GREETINGS; passed += 1)
    if ((await socket.next(GREETED_MS)) === null) break;
  socket.send(`The lab's checkpoint says ${freshWord()}`);
  expect((await socket.next()) !== null, {
    title,
    exchange: socket,
    expected: 'a message, after what was said',
    received: 'no message',
    hint,
  });
}
