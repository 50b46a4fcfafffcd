// Step "Deploy the API": a client of the lab reaches the server behind the API that the reader has deployed.
import type { LiveCheckpoint } from '../checkpoint.ts';
import { expectAnswered } from './answered.ts';

export const deployUpgrade: LiveCheckpoint = {
  step: 'deploy-upgrade',
  kind: 'live',
  basePath: '/websocket-upgrade',
  asksForWord: false,
  async check(examination) {
    const { apis, connect, path, expect } = examination;
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
    await expectAnswered(examination, socket, {
      title: 'The server behind it answers',
      hint: 'If you have a server of your own on port 8091, its console says what it does. Stop it, and the lab’s own answers.',
    });
  },
};
