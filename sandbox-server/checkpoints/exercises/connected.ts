// What the exercises about servers share: a client that must get in, and what it was told, in the reader's words.
import type { Examination } from '../checkpoint.ts';
import type { Message, TrialSocket, TrialSocketAsk } from '../client/socket.ts';

export async function connected(
  { connect, expect }: Examination,
  ask: TrialSocketAsk = {},
  who = 'A client',
): Promise<TrialSocket> {
  const socket = await connect(ask);
  expect(socket.opened, {
    title: `${who} connects`,
    exchange: socket,
    expected: 'an open connection',
    received: socket.status === null ? 'no answer' : `status ${socket.status}`,
    hint: 'The server has to listen on port 8091 and must not have crashed before.',
  });
  return socket;
}

/** The message, or why there is none. */
export async function told(socket: TrialSocket, message: Message | null): Promise<string> {
  if (message) return message.binary ? `a binary message: ${message.text}` : JSON.stringify(message.text);
  const end = await socket.closed(0);
  return end ? `no message: the connection ended with ${ending(end)}` : 'no message';
}

export function ending({ code, reason }: { code: number; reason: string }): string {
  if (code === 1006) return 'no close frame';
  if (code === 1005) return 'a close frame without a code';
  return `close ${code}${reason === '' ? ', no reason' : ` ${JSON.stringify(reason)}`}`;
}
