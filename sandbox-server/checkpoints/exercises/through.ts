// What several exercises ask: that a fresh text goes through the gateway to the uppercase server and back.
import { randomBytes } from 'node:crypto';
import type { Examination } from '../checkpoint.ts';
import type { TrialSocketAsk } from '../client/socket.ts';

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
  const text = `through ${randomBytes(4).toString('hex')}`;
  socket.send(text);
  let answer = await socket.next();
  if (answer?.text.startsWith('Welcome')) answer = await socket.next();
  expect(answer?.text.includes(text.toUpperCase()) ?? false, {
    title: `${what} gets its text back in upper case`,
    exchange: socket,
    expected: `a message with ${text.toUpperCase()}`,
    received: answer ? JSON.stringify(answer.text) : 'no message',
    hint,
  });
}
