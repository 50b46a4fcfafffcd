// Step "Deploy the API": a client of the lab reaches the server behind the API that the reader has deployed.
import { randomBytes } from 'node:crypto';
import type { LiveCheckpoint } from '../checkpoint.ts';

export const deployUpgrade: LiveCheckpoint = {
  step: 'deploy-upgrade',
  kind: 'live',
  basePath: '/websocket-upgrade',
  asksForWord: false,
  async check({ apis, connect, path, expect }) {
    expect(
      apis().some(({ basePath }) => basePath === '/websocket-upgrade'),
      {
        title: 'Your organization serves /websocket-upgrade',
        exchange: null,
        expected: 'an API with this base path',
        received:
          apis().length === 0
            ? 'no API is deployed'
            : apis()
                .map(({ basePath }) => basePath)
                .join(', '),
        hint: 'Press Deploy at the definition above, and read what it says.',
      },
    );
    const socket = await connect();
    expect(socket.opened, {
      title: `A client connects to ${path()}`,
      exchange: socket,
      expected: 'status 101',
      received: socket.status === null ? 'no answer' : `status ${socket.status}`,
      hint: 'Read the status. If it is 503, your gateway is switched so: see Gateway switches.',
    });
    // A greeting may come first.
    await socket.next(250);
    socket.send(`checkpoint ${randomBytes(4).toString('hex')}`);
    expect((await socket.next()) !== null, {
      title: 'The server behind it answers',
      exchange: socket,
      expected: 'a message',
      received: 'no message',
      hint: 'If you have a server of your own on port 8091, its console says what it does. Stop it, and the lab’s own answers.',
    });
  },
};
