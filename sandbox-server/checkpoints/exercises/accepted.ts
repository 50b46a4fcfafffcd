// What several exercises ask beside their own matter: that a correct handshake, with a key of its own each time, is still answered.
import { acceptValue } from '../../gateway/handshake/accept.ts';
import type { Examination } from '../checkpoint.ts';
import type { Handshake, HandshakeAsk } from '../client/handshake.ts';

/** Two handshakes, so that an accept value that was written down for one fails with the other. */
export async function expectAccepted(
  { handshake, expect }: Examination,
  ask: HandshakeAsk = {},
  what = 'A correct handshake',
): Promise<Handshake> {
  const first = await handshake(ask);
  const second = await handshake(ask);
  for (const answer of [first, second]) {
    expect(answer.status === 101, {
      title: `${what} is accepted`,
      exchange: answer,
      expected: 'status 101',
      received: `status ${answer.status}`,
      hint: 'Refuse only what the exercise names; everything else is answered as the script did before.',
    });
    const accept = answer.header('Sec-WebSocket-Accept');
    const wanted = acceptValue(answer.key ?? '');
    expect(accept === wanted, {
      title: `${what} gets the accept value of its own key`,
      exchange: answer,
      expected: `Sec-WebSocket-Accept: ${wanted}`,
      received: `Sec-WebSocket-Accept: ${accept ?? '(not there)'}`,
      hint: 'The value is base64(SHA-1(key + GUID)), of the key of this very request.',
    });
  }
  return second;
}
