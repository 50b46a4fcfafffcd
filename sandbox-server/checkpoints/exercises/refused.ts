// What several exercises ask: that one kind of handshake is refused, with a certain status.
import type { Examination } from '../checkpoint.ts';
import type { Handshake, HandshakeAsk } from '../client/handshake.ts';

export interface Refusal {
  /** E.g. "A handshake without a key". */
  what: string;
  status: number;
  hint: string;
}

export async function expectRefused(
  { handshake, expect }: Examination,
  ask: HandshakeAsk,
  { what, status, hint }: Refusal,
): Promise<Handshake> {
  const refused = await handshake(ask);
  expect(refused.status === status, {
    title: `${what} is refused`,
    exchange: refused,
    expected: `status ${status}`,
    received: `status ${refused.status}`,
    hint,
  });
  return refused;
}
