// A key as it goes to the host: the name of a key object, bytes with or without a passphrase, or a JWK.

import { bytesIn } from '../../buffers.js';
import { latin1 } from '../../host.js';
import { currentPlace } from '../../place.js';
import { kindOf } from './pieces.js';

const { stringify } = JSON;

/** IBM documentation ("Key object usage"): a string, a Buffer or Buffers, `{key, passphrase}`, or a JWK. */
export function keySpec(key, call) {
  if (typeof key === 'string') return ['name', key.slice(0, 200), currentPlace().line];
  const bytes = bytesIn(key);
  if (bytes) return ['bytes', latin1(bytes), null];
  if (typeof key === 'object' && key !== null) {
    const inner = bytesIn(key.key);
    const { passphrase } = key;
    if (inner) return ['bytes', latin1(inner), typeof passphrase === 'string' ? passphrase : null];
    if (typeof key.kty === 'string') return ['jwk', `${stringify(key)}`];
  }
  throw new TypeError(
    `${call}: the key is ${kindOf(key)}; expected the name of a key object, a Buffer, {key: Buffer, passphrase: text} or a JWK`,
  );
}
