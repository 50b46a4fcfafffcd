// Step "Create an API for the script": the script reads from the context, and writes to it.
import { randomBytes } from 'node:crypto';
import type { TrialCheckpoint } from '../checkpoint.ts';

export const handshakeApi: TrialCheckpoint = {
  step: 'handshake-api',
  kind: 'trial',
  files: { 'websocket-test.yaml': 'definition' },
  async check({ handshake, expect }) {
    for (let time = 0; time < 2; time += 1) {
      const question = randomBytes(6).toString('hex');
      const answer = await handshake({ headers: { 'X-Question': question } });
      const got = answer.header('X-Answer');
      expect(got === question, {
        title: 'The script answers with what the request asked',
        exchange: answer,
        expected: `X-Answer: ${question}`,
        received: got === null ? 'no X-Answer' : `X-Answer: ${got}`,
        hint: 'Read the header with `context.get`, and write it with `context.set`.',
      });
    }
  },
};
