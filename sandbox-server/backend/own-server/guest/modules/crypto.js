// `require('crypto')`: digests, HMACs and random values as Node has them. This side gathers what is given; the host computes.
import digests from 'lab:digests';
import { bytesIn } from '../../../../gatewayscript/guest/buffers.js';
import { createDigester } from '../../../../gatewayscript/guest/modules/crypto/digester.js';
import { algorithmName, output, piece } from '../../../../gatewayscript/guest/modules/crypto/pieces.js';
import { base64Url } from '../buffer.js';

export default function createCrypto(lab) {
  const { host, Buffer, later } = lab;
  const digestName = (algorithm, call) => host.call('digestName', algorithmName(algorithm, call), call);

  function randomBytes(size, callback) {
    const bytes = output(
      Buffer,
      host.call('randomBytes', size, 'crypto.randomBytes'),
      undefined,
      'crypto.randomBytes',
    );
    if (callback === undefined) return bytes;
    later(callback, null, bytes);
    return undefined;
  }

  /** The same object, whose digest may be in base64url too. */
  function withBase64Url(digester) {
    const { digest } = digester;
    digester.digest = (encoding) =>
      encoding === 'base64url' ? base64Url(digest('base64')) : digest(encoding);
    return digester;
  }

  const randomUUID = () => host.call('randomUUID');
  return {
    createHash: (algorithm) =>
      withBase64Url(createDigester(lab, 'Hash', digestName(algorithm, 'crypto.createHash'), null)),
    createHmac: (algorithm, key) =>
      withBase64Url(
        createDigester(
          lab,
          'Hmac',
          digestName(algorithm, 'crypto.createHmac'),
          piece(Buffer, key, undefined, 'crypto.createHmac', 'key'),
        ),
      ),
    randomBytes,
    randomUUID,
    webcrypto: {
      randomUUID,
      getRandomValues(view) {
        const all = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
        all.set(randomBytes(all.length));
        return view;
      },
    },
    randomInt(min, max) {
      const [from, to] = max === undefined ? [0, min] : [min, max];
      if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to <= from)
        throw new RangeError(
          `crypto.randomInt: ${from} to ${to}; expected whole numbers, the second greater`,
        );
      return from + Math.floor(Math.random() * (to - from));
    },
    timingSafeEqual(a, b) {
      const [left, right] = [bytesIn(a), bytesIn(b)];
      if (!left || !right) throw new TypeError('crypto.timingSafeEqual: expected two Buffers');
      if (left.length !== right.length) throw new RangeError('Input buffers must have the same byte length');
      let different = 0;
      for (let i = 0; i < left.length; i += 1) different |= left[i] ^ right[i];
      return different === 0;
    },
    getHashes: () => [...digests],
  };
}
