// What several exercises ask beside their own matter: that a correct handshake, with a key of its own each time, is still answered.
import { acceptValue } from '../../gateway/handshake/accept.ts';
import type { Examination } from '../checkpoint.ts';
import type { Handshake, HandshakeAsk } from '../client/handshake.ts';

/** Two handshakes, so that an accept value that was written down for one fails with the other. */
export async function expectAccepted(
  { handshake, expect }: Examination,
  ask: HandshakeAsk = {},
  what = 'A correct handshake',
  hint = 'Refuse only what the exercise names; everything else is answered as the script did before.',
): Promise<Handshake> {
  const [first, second] = [await handshake(ask), await handshake(ask)];
  const refused = first.status === 101 ? second : first;
  expect(refused.status === 101, {
    title: `${what} is accepted`,
    exchange: refused,
    expected: 'status 101',
    received: `status ${refused.status}`,
    hint,
  });
  const wanted = ({ key }: Handshake) => acceptValue(key ?? '');
  const accept = (answer: Handshake) => answer.header('Sec-WebSocket-Accept');
  const wrong = accept(first) === wanted(first) ? second : first;
  expect(accept(wrong) === wanted(wrong), {
    title: `${what} gets the accept value of its own key`,
    exchange: wrong,
    expected: `Sec-WebSocket-Accept: ${wanted(wrong)}`,
    received: `Sec-WebSocket-Accept: ${accept(wrong) ?? '(not there)'}`,
    hint: 'The value is base64(SHA-1(key + GUID)), of the key of this very request.',
  });
  return second;
}
