// What a step and an exercise ask: the 101 says Upgrade and Connection itself, so that strict clients connect too (RFC 6455 §4.2.2).
import { headerTokens } from '../../gateway/handshake/headers.ts';
import type { Examination, ScriptHost } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';

/** The gateway copies nothing from the request: what is not in the script's answer is missing. */
export const NOTHING_COPIED: ScriptHost = { echo: 'none' };

export async function expectWholeAnswer(examination: Examination): Promise<void> {
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
        hint: `Set message.headers.${name}, as the script sets the accept value. Here the gateway copies nothing from the request: lab-echo is none.`,
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
}
