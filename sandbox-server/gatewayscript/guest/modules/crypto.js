// `require('crypto')`: hashes, HMACs, signatures, ciphers and random bytes. This side gathers what is given; the host computes.
import digests from 'lab:digests';
import { createCipher, createDecipher } from './crypto/cipher.js';
import { createDigester } from './crypto/digester.js';
import { keySpec } from './crypto/key.js';
import { algorithmName, kindOf, output } from './crypto/pieces.js';
import { createSigner, createVerifier } from './crypto/signer.js';

export default function createCrypto(lab) {
  const { host, Buffer, later } = lab;
  /** The names themselves need no question; the host knows what else stands for one, and what to say where nothing does. */
  const digestName = (algorithm, call) => {
    const name = algorithmName(algorithm, call);
    return digests.includes(name) ? name : host.call('digestName', name, call);
  };
  const signatureName = (algorithm, call) => host.call('signatureName', algorithmName(algorithm, call), call);

  return {
    createHash: (algorithm) => createDigester(lab, 'Hash', digestName(algorithm, 'crypto.createHash'), null),

    /** A key that is a string names a key object (IBM documentation); bytes come in a Buffer. */
    createHmac(algorithm, key) {
      const call = 'crypto.createHmac';
      const name = digestName(algorithm, call);
      const spec = keySpec(key, call);
      host.call('checkSecret', spec, call);
      return createDigester(lab, 'Hmac', name, spec);
    },

    createSign: (algorithm) => createSigner(lab, signatureName(algorithm, 'crypto.createSign')),
    createVerify: (algorithm) => createVerifier(lab, signatureName(algorithm, 'crypto.createVerify')),
    createCipheriv: (algorithm, key, iv) => createCipher(lab, algorithm, key, iv),
    createDecipheriv: (algorithm, key, iv) => createDecipher(lab, algorithm, key, iv),

    /** Seen in published scripts. With a callback `(error, buffer)` as in Node. */
    randomBytes(size, callback) {
      const call = 'crypto.randomBytes';
      if (callback !== undefined && typeof callback !== 'function')
        throw new TypeError(
          `${call}: the callback is ${kindOf(callback)}; expected a function (error, buffer)`,
        );
      if (typeof size !== 'number')
        throw new RangeError(`${call}: the size is ${kindOf(size)}; expected a whole number of bytes`);
      const bytes = host.call('randomBytes', size, call);
      const buffer = output(Buffer, bytes, undefined, call);
      if (callback === undefined) return buffer;
      later(callback, null, buffer);
      return undefined;
    },

    getHashes: () => [...digests],
  };
}
