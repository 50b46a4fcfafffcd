// What several exercises ask: that a fresh text goes through the gateway to the uppercase server and back.
import type { Examination } from '../checkpoint.ts';
import type { Message, TrialSocket, TrialSocketAsk } from '../client/socket.ts';
import { freshWord } from './fresh-word.ts';

export async function expectThrough(
  { connect, expect }: Examination,
  ask: TrialSocketAsk,
  what: string,
  hint: string,
): Promise<void> {
  const socket = await connect(ask);
  expect(socket.opened, {
    title: `${what} connects`,
    exchange: socket,
    expected: 'an open connection',
    received: 'none',
    hint,
  });
  const { text, answer, answered } = await answerTo(socket);
  expect(answered, {
    title: `${what} gets its text back in upper case`,
    exchange: socket,
    expected: `a message with ${text.toUpperCase()}`,
    received: answer ? JSON.stringify(answer.text) : 'no message',
    hint,
  });
}

/** What the uppercase server says to a fresh text, its greeting passed over, and whether that is the text in upper case. */
export async function answerTo(
  socket: TrialSocket,
): Promise<{ text: string; answer: Message | null; answered: boolean }> {
  const text = `message ${freshWord()}`;
  socket.send(text);
  let answer = await socket.next();
  if (answer?.text.startsWith('Welcome')) answer = await socket.next();
  return { text, answer, answered: answer?.text.includes(text.toUpperCase()) ?? false };
}
