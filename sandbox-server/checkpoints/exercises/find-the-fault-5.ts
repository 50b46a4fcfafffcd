// Exercise: the right bytes come back in frames of the wrong kind.
import { randomBytes } from 'node:crypto';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { connected } from './connected.ts';

export const findTheFault5: TrialCheckpoint = {
  step: 'find-the-fault-5',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const { expect } = examination;
    const socket = await connected(examination);
    for (const binary of [false, true, false]) {
      const text = `echo ${randomBytes(4).toString('hex')}`;
      const kind = binary ? 'binary' : 'text';
      socket.send(binary ? Buffer.from(text) : text);
      const answer = await socket.next();
      expect(answer?.text === text && answer.binary === binary, {
        title: `A ${kind} message comes back as ${kind}`,
        exchange: socket,
        expected: `the ${kind} message ${text}`,
        received: answer ? `the ${answer.binary ? 'binary' : 'text'} message ${answer.text}` : 'no message',
        hint: 'Look at the opcodes in the trace: 1 is text, 2 is binary.',
      });
    }
  },
};
