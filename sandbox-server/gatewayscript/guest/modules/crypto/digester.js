// The objects of `createHash` and `createHmac`.
import { output, piece } from './pieces.js';

/** @param kind `Hash` or `Hmac` @param key as `keySpec` gives it; `null` for a hash */
export function createDigester({ host, Buffer }, kind, algorithm, key) {
  const pieces = [];
  let ended = false;
  const digester = {
    update(data, encoding) {
      if (ended) throw new Error('Digest already called');
      pieces.push(piece(Buffer, data, encoding, `${kind}.update`));
      return digester;
    },
    digest(encoding) {
      if (ended) throw new Error('Digest already called');
      ended = true;
      const call = `${kind}.digest`;
      const text = encoding === 'base64' || encoding === 'hex' ? encoding : null;
      const result = host.call('digest', algorithm, key, pieces, text, call);
      return text ? result : output(Buffer, result, encoding, call);
    },
  };
  return digester;
}
