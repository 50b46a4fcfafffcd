// Exercise: of the subprotocols that a client offers the script names one that it knows, or none (RFC 6455 §4.2.2, §11.3.4).
import { randomBytes } from 'node:crypto';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';

/** What the reader's server speaks; said in the task, and in the file. */
const KNOWN = ['chat.v2', 'chat.v1'];

export const pickSubprotocol: TrialCheckpoint = {
  step: 'pick-subprotocol',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  async check(examination) {
    const foreign = () => `x${randomBytes(3).toString('hex')}`;
    const expectNamed = (lines: readonly string[], name: string | null, hint: string) =>
      expectAnswer(examination, { offer: lines, name, hint });

    const first = 'Split the offer at its commas, and look for a name that you know.';
    for (const protocol of KNOWN) await expectNamed([`${foreign()}, ${protocol}`], protocol, first);
    const trim = 'A space behind the comma is not a must: take the spaces off each name.';
    await expectNamed([`chat.v1,${foreign()}`], 'chat.v1', trim);
    const lines = 'The header may come in several lines; context.get joins them with commas.';
    await expectNamed([foreign(), 'chat.v2'], 'chat.v2', lines);

    const none = 'Where no name of the offer is known, leave the header out.';
    await expectNamed([`${foreign()}, ${foreign()}`], null, none);
    const whole = 'Compare whole names: a name may hold another.';
    await expectNamed([`chat.v1${foreign()}, ${foreign()}chat.v2`], null, whole);
    const nothing = 'Without an offer the header reads as undefined, and nothing may be named.';
    await expectNamed([], null, nothing);
    await expectAccepted(examination, {}, 'A client that offers none');

    const socket = await examination.connect({ protocols: [foreign(), ...KNOWN] });
    examination.expect(socket.opened && KNOWN.includes(socket.protocol), {
      title: 'A client, ws, that offers both connects',
      exchange: socket,
      expected: 'an open connection that speaks one of them',
      received: socket.opened
        ? `the subprotocol ${JSON.stringify(socket.protocol)}`
        : 'none: it refused the answer',
      hint: 'Name exactly one, not a list.',
    });
  },
};

interface Answer {
  /** The lines of the header. */
  offer: readonly string[];
  /** What is to be named; `null` for no header. */
  name: string | null;
  hint: string;
}

async function expectAnswer(
  { handshake, expect }: Examination,
  { offer, name, hint }: Answer,
): Promise<void> {
  const answer = await handshake({ headers: { 'Sec-WebSocket-Protocol': offer } });
  const named = answer.header('Sec-WebSocket-Protocol');
  const told = (value: string | null) =>
    value === null ? 'no Sec-WebSocket-Protocol' : `Sec-WebSocket-Protocol: ${value}`;
  expect(answer.status === 101 && named === name, {
    title: `The answer to ${offer.length > 0 ? `the offer ${offer.join(', ')}` : 'no offer'} names ${name ?? 'none'}`,
    exchange: answer,
    expected: `status 101, ${told(name)}`,
    received: `status ${answer.status}, ${told(named)}`,
    hint,
  });
}
