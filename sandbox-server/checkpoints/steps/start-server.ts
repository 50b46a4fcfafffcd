// Step "Start the server": the reader's own server runs in their organization, and answers.
import { randomBytes } from 'node:crypto';
import type { LiveCheckpoint } from '../checkpoint.ts';

const PORT = 8091;

export const startServer: LiveCheckpoint = {
  step: 'start-server',
  kind: 'live',
  basePath: '/websocket-upgrade',
  asksForWord: false,
  async check({ servers, connectToServer, expect }) {
    const own = servers().find(({ port }) => port === PORT);
    expect(own?.state === 'running' || own?.state === 'resting', {
      title: `Your server runs on port ${PORT} of your organization`,
      exchange: null,
      expected: 'a server of your own',
      received: own ? `it has ${own.state}` : 'none deployed',
      hint: 'Press Deploy at the server file above.',
    });
    const socket = await connectToServer(PORT);
    socket.send(`checkpoint ${randomBytes(4).toString('hex')}`);
    const answer = await socket.next();
    expect(answer !== null, {
      title: 'It answers a client',
      exchange: socket,
      expected: 'a message',
      received: 'no message',
      hint: 'It listens, but sends nothing: look at the handlers of `connection` and `message`.',
    });
  },
};
