// Step "Answer the handshake": the script's own answer is whole, also where the gateway copies nothing from the request.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from '../exercises/accepted.ts';

export const handshakeHandler: TrialCheckpoint = {
  step: 'handshake-handler',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  host: { echo: 'none' },
  async check(examination) {
    const { connect, expect } = examination;
    const answer = await expectAccepted(examination);
    for (const [name, value] of [
      ['Upgrade', 'websocket'],
      ['Connection', 'upgrade'],
    ] as const) {
      const got = answer.header(name);
      expect(got?.toLowerCase() === value, {
        title: `The answer says ${name}: ${value}`,
        exchange: answer,
        expected: `${name}: ${value}`,
        received: got === null ? `no ${name}` : `${name}: ${got}`,
        hint: 'Here the gateway copies nothing from the request: lab-echo is none. The script has to set both headers.',
      });
    }
    const socket = await connect();
    expect(socket.opened, {
      title: 'A strict client connects',
      exchange: socket,
      expected: 'an open connection',
      received: 'refused by the client',
      hint: 'The client names the rule that it found broken.',
    });
  },
};
