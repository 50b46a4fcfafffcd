// `require('crypto')`: hashes and HMACs. The pieces are kept here and digested by the host in one call.
import { latin1 } from '../host.js';

export default function createCrypto({ host, Buffer }) {
  function piece(data, encoding, call) {
    if (typeof data === 'string') {
      return encoding === undefined || encoding === 'utf8' || encoding === 'utf-8'
        ? ['utf8', data]
        : ['latin1', latin1(Buffer.from(data, encoding))];
    }
    if (data instanceof Uint8Array) return ['latin1', latin1(data)];
    throw new TypeError(
      `${call}: the data is ${data === null ? 'null' : typeof data}; expected a string or a Buffer`,
    );
  }

  function digester(kind, algorithm, key) {
    const pieces = [];
    let ended = false;
    const digester = {
      update(data, encoding) {
        if (ended) throw new Error('Digest already called');
        pieces.push(piece(data, encoding, `${kind}.update`));
        return digester;
      },
      digest(encoding) {
        if (ended) throw new Error('Digest already called');
        ended = true;
        const text = encoding === 'base64' || encoding === 'hex' ? encoding : null;
        const result = host.call('digest', algorithm, key, pieces, text, `${kind}.digest`);
        if (text) return result;
        const bytes = Buffer.from(result, 'latin1');
        return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
      },
    };
    return digester;
  }

  return {
    createHash: (algorithm) =>
      digester('Hash', host.call('digestName', wanted(algorithm), 'crypto.createHash'), null),
    createHmac(algorithm, key) {
      const name = host.call('digestName', wanted(algorithm), 'crypto.createHmac');
      return digester('Hmac', name, piece(key, undefined, 'crypto.createHmac (key)'));
    },
    getHashes: () => host.call('digestNames'),
  };
}

/** What goes over the border to be named in an error: text, or the kind of what was given. */
function wanted(algorithm) {
  return typeof algorithm === 'string' ? algorithm.slice(0, 100) : `a ${typeof algorithm}`;
}
