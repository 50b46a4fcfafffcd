// What several steps of approach 1 ask: that random text comes back in upper case through the gateway.
import type { Examination } from '../checkpoint.ts';
import { answerTo } from '../exercises/through.ts';

export async function expectUppercase({ connect, expect }: Examination): Promise<void> {
  const socket = await connect();
  expect(socket.opened, {
    title: 'A client connects through the gateway',
    exchange: socket,
    expected: 'status 101',
    received: socket.status === null ? 'no answer' : `status ${socket.status}`,
    hint: 'Read the status: 404 says that no API has this path, or that its `schemes` lack `wss`; 5xx that the policy did not reach the server.',
  });
  const { text, answer, answered } = await answerTo(socket);
  expect(answered, {
    title: 'The server behind it answers in upper case',
    exchange: socket,
    expected: `a message with ${text.toUpperCase()}`,
    received: answer ? JSON.stringify(answer.text) : 'no message',
    hint: 'The target is the lab’s uppercase server: http://backend:8091.',
  });
}
