// The objects of `createCipheriv` and `createDecipheriv`: `update` takes data in, `final` gives all of it, as published scripts use them.
import { latin1 } from '../../host.js';
import { keySpec } from './key.js';
import { algorithmName, kindOf, output, piece } from './pieces.js';

/** `iv` may be left out (IBM documentation): a random one is made, and `getIV` gives it. */
export function createCipher(lab, algorithm, key, iv) {
  const { host, Buffer } = lab;
  const work = start(lab, 'Cipher', 'crypto.createCipheriv', algorithm, key, iv);
  let tag;
  const cipher = {
    ...work.methods(() => cipher),
    final(encoding) {
      const [data, madeTag] = host.call('encrypt', algorithm, work.key, work.end(''), 'Cipher.final');
      tag = madeTag;
      return output(Buffer, data, encoding, 'Cipher.final');
    },
    getIV: () => Buffer.from(work.iv, 'latin1'),
    getAuthTag() {
      if (work.tagBytes === 0) throw new Error(`Cipher.getAuthTag: ${algorithm} has no authentication tag`);
      if (tag === undefined) throw new Error('Cipher.getAuthTag: there is no tag yet; call final first');
      return Buffer.from(tag, 'latin1');
    },
  };
  return cipher;
}

export function createDecipher(lab, algorithm, key, iv) {
  const { host, Buffer } = lab;
  const call = 'crypto.createDecipheriv';
  if (iv === undefined || iv === null)
    throw new TypeError(`${call}: the IV is ${kindOf(iv)}; expected a Buffer, the one of the encryption`);
  const work = start(lab, 'Decipher', call, algorithm, key, iv);
  let tag = '';
  const decipher = {
    ...work.methods(() => decipher),
    setAuthTag(bytes) {
      tag = latin1(bufferOf(bytes, 'Decipher.setAuthTag', 'tag'));
      return decipher;
    },
    final(encoding) {
      const data = host.call('decrypt', algorithm, work.key, work.end(tag), 'Decipher.final');
      return output(Buffer, data, encoding, 'Decipher.final');
    },
  };
  return decipher;
}

function start({ host, Buffer }, kind, call, algorithm, key, givenIv) {
  const { ivBytes, tagBytes } = host.call('cipherSizes', algorithmName(algorithm, call), call);
  const spec = keySpec(key, call);
  host.call('checkSecret', spec, call);
  const iv =
    givenIv === undefined || givenIv === null
      ? host.call('randomBytes', ivBytes, call)
      : latin1(bufferOf(givenIv, call, 'IV'));
  if (iv.length !== ivBytes)
    throw new RangeError(`${call}: the IV has ${iv.length} bytes; ${algorithm} wants ${ivBytes}`);
  const pieces = [];
  let aad = '';
  let ended = false;

  function check(method) {
    if (ended) throw new Error(`${kind}.${method}: final has been called already`);
  }

  return {
    key: spec,
    iv,
    tagBytes,
    methods: (self) => ({
      /** Gives the object itself: the output comes whole from `final`. That there is none here is inferred from published scripts. */
      update(data, inputEncoding, outputEncoding) {
        check('update');
        if (outputEncoding !== undefined)
          throw new TypeError(
            `${kind}.update: on the gateway update gives no output; call ${kind}.final('${typeof outputEncoding === 'string' ? outputEncoding.slice(0, 40) : 'utf8'}'), which gives all of it`,
          );
        pieces.push(piece(Buffer, data, inputEncoding, `${kind}.update`));
        return self();
      },
      /** Data that is authenticated but not encrypted. */
      setAAD(bytes) {
        check('setAAD');
        if (tagBytes === 0) throw new Error(`${kind}.setAAD: ${algorithm} authenticates nothing`);
        aad = latin1(bufferOf(bytes, `${kind}.setAAD`, 'data'));
        return self();
      },
    }),
    end(tag) {
      check('final');
      ended = true;
      return [iv, aad, pieces, tag];
    },
  };
}

function bufferOf(value, call, what) {
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`${call}: the ${what} is ${kindOf(value)}; expected a Buffer`);
}
