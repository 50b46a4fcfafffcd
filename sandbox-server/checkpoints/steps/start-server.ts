// Step "Start the server": the reader's own server runs in their organization, and answers.
import type { LiveCheckpoint } from '../checkpoint.ts';
import { expectAnswered } from './answered.ts';

const PORT = 8091;

export const startServer: LiveCheckpoint = {
  step: 'start-server',
  kind: 'live',
  basePath: '/websocket-upgrade',
  asksForWord: false,
  async check(examination) {
    const { servers, connectToServer, expect } = examination;
    const own = servers().find(({ port }) => port === PORT);
    expect(own?.state === 'running' || own?.state === 'resting', {
      title: `Your server runs on port ${PORT} of your organization`,
      exchange: null,
      expected: 'a server of your own',
      received: own ? `it has ${own.state}` : 'none deployed',
      hint: 'Press Deploy at the server file above.',
    });
    await expectAnswered(examination, await connectToServer(PORT), {
      title: 'It answers what a client says',
      hint: 'It listens, but does not answer: look at the handler of `message`, and at what it sends.',
    });
  },
};
