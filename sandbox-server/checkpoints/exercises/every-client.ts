// Exercise: the 101 says Upgrade and Connection itself, so that strict clients connect too (RFC 6455 §4.2.2).

import { headerTokens } from '../../gateway/handshake/headers.ts';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';

export const everyClient: TrialCheckpoint = {
  step: 'every-client',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  host: { echo: 'none' },
  async check(examination) {
    const { connect, expect } = examination;
    const answer = await expectAccepted(examination);
    for (const [name, value] of [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
    ] as const) {
      const came = headerTokens(answer.headers, name);
      expect(
        came.some((token) => token.toLowerCase() === value.toLowerCase()),
        {
          title: `The 101 has ${name}`,
          exchange: answer,
          expected: `${name}: ${value}`,
          received: `${name}: ${answer.header(name) ?? '(not there)'}`,
          hint: `Set message.headers.${name}, as the script sets the accept value.`,
        },
      );
    }
    const socket = await connect();
    expect(socket.opened, {
      title: 'A strict client, ws, connects',
      exchange: socket,
      expected: 'an open connection',
      received: 'none: it refused the answer',
      hint: 'Upgrade has to be websocket and nothing else.',
    });
  },
};
