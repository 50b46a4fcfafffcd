// Step "Write the server": the reader's server answers every message with its text reversed.
import { randomBytes } from 'node:crypto';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { connected } from '../exercises/connected.ts';

export const serverFile: TrialCheckpoint = {
  step: 'server-file',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const { expect } = examination;
    const socket = await connected(examination);
    for (const text of [randomBytes(4).toString('hex'), `Grüße ${randomBytes(3).toString('hex')}`]) {
      const reversed = [...text].reverse().join('');
      socket.send(text);
      let answer = await socket.next();
      // The file greets first; whoever keeps the greeting may.
      if (answer?.text.startsWith('Welcome')) answer = await socket.next();
      expect(answer?.text.includes(reversed) ?? false, {
        title: `${JSON.stringify(text)} comes back reversed`,
        exchange: socket,
        expected: `a message with ${JSON.stringify(reversed)}`,
        received: answer ? JSON.stringify(answer.text) : 'no message',
        hint: 'In the handler of `message`, turn the text around, and leave its letters as they are: make an array of its characters first.',
      });
    }
  },
};
