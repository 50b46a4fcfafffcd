// `require('jose')`: JSON Web Signatures (RFC 7515). Names and forms are IBM documentation's; JWE is not in the lab.
import { bytesIn } from '../buffers.js';
import { kindOf } from './crypto/pieces.js';
import { textOrBytes } from './jose/base64url.js';
import { answerLater } from './jose/callback.js';
import { createHeader, headerReaders, isHeader } from './jose/header.js';
import { compact, parseJws, signPart, verifyPart } from './jose/jws.js';

const { freeze } = Object;
const FORMS = ['compact', 'json', 'json_flat'];

export default function createJose(lab) {
  /** Parsed JWS by the object that a script has of it. */
  const parsed = new WeakMap();

  return {
    createJWSHeader: createHeader,

    createJWSSigner(...headers) {
      if (headers.length === 0 || !headers.every(isHeader))
        throw new TypeError('jose.createJWSSigner: expected one or more headers of jose.createJWSHeader');
      return createSigner(lab, headers);
    },

    /** Compact or JSON; a string, a Buffer or an object. @throws TypeError where it is no JWS */
    parse(jws) {
      const { payload, signatures } = parseJws(lab.Buffer, jws, 'jose.parse');
      const signed = signatures.map((part) => ({ part, key: { value: undefined } }));
      const views = signed.map(({ part, key }) => createSignature(part, key));
      const object = freeze({
        getSignatures: () => views.slice(),
        /** Text, or a Buffer where the bytes are no UTF-8 (lab's choice). */
        getPayload: () => textOrBytes(lab.Buffer, payload),
      });
      parsed.set(object, signed);
      return object;
    },

    createJWSVerifier(jws) {
      const signed = typeof jws === 'object' && jws !== null ? parsed.get(jws) : undefined;
      if (!signed)
        throw new TypeError(
          `jose.createJWSVerifier: the JWS is ${kindOf(jws)}; expected what jose.parse gave`,
        );
      return freeze({
        /** Checks each signature that has a key; one must (IBM documentation). `callback(error)`. */
        validate: (callback) =>
          answerLater(lab.later, 'JWSVerifier.validate', callback, () => verifyAll(lab, signed)),
      });
    },
  };
}

function createSigner(lab, headers) {
  const chunks = [];
  const signer = freeze({
    update(data) {
      const bytes = typeof data === 'string' ? lab.Buffer.from(data, 'utf8') : bytesIn(data);
      if (!bytes)
        throw new TypeError(`JWSSigner.update: the data is ${kindOf(data)}; expected a string or a Buffer`);
      chunks.push(bytes);
      return signer;
    },
    /** `sign([form], callback(error, jws))`; compact is a string, the JSON forms are objects (seen in IBM's samples). */
    sign(form, callback) {
      const call = 'JWSSigner.sign';
      if (typeof form === 'function') return signer.sign('compact', form);
      if (!FORMS.includes(form))
        throw new TypeError(
          `${call}: unknown form ${JSON.stringify(form)}; expected one of ${FORMS.join(', ')}`,
        );
      answerLater(lab.later, call, callback, () => {
        if (form !== 'json' && headers.length > 1)
          throw new Error(
            `${call}: '${form}' has one signature, and there are ${headers.length} headers; sign as 'json'`,
          );
        const payload = lab.Buffer.concat(chunks);
        return serialized(
          form,
          headers.map((header) => signPart(lab, header, payload, call)),
          call,
        );
      });
      return undefined;
    },
  });
  return signer;
}

/** RFC 7515 §7: compact, general JSON, flattened JSON. */
function serialized(form, parts, call) {
  const [first] = parts;
  if (form === 'compact') return compact(first, call);
  const rest = (part) => ({
    protected: part.protected,
    ...(part.header && { header: part.header }),
    signature: part.signature,
  });
  return form === 'json_flat'
    ? { payload: first.payload, ...rest(first) }
    : { payload: first.payload, signatures: parts.map(rest) };
}

function createSignature(part, key) {
  const signature = freeze({
    ...headerReaders(part.protected, part.header, key),
    setKey(value) {
      key.value = value;
      return signature;
    },
  });
  return signature;
}

function verifyAll(lab, signed) {
  const call = 'JWSVerifier.validate';
  const keyed = signed.filter(({ key }) => key.value !== undefined);
  if (keyed.length === 0) throw new Error(`${call}: no signature has a key; set one with setKey`);
  for (const { part, key } of keyed) {
    if (!verifyPart(lab, part, key.value, call))
      throw new Error(`${call}: the signature does not fit payload, header and key`);
  }
}
