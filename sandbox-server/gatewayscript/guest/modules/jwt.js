// `require('jwt')`: JSON Web Tokens, signed and checked step by step (RFC 7519). Names are IBM documentation's; JWE is not in the lab.
import { kindOf } from './crypto/pieces.js';
import { answerLater } from './jose/callback.js';
import { isHeader } from './jose/header.js';
import { compact, json, parseJws, signPart, verifyPart } from './jose/jws.js';
import { validateClaims } from './jwt/validate.js';

const { freeze } = Object;
const { stringify } = JSON;

export default function createJwt(lab) {
  const { Buffer, later } = lab;

  function Encoder(claims) {
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims))
      throw new TypeError(`jwt.Encoder: the claims are ${kindOf(claims)}; expected an object`);
    const steps = [];
    const encoder = freeze({
      /** `'sign'` with a JWSHeader. Steps run in the order in which they were added. */
      addOperation(operation, header) {
        const call = 'Encoder.addOperation';
        checkOperation(operation, ['sign'], 'encrypt', call);
        if (!isHeader(header))
          throw new TypeError(
            `${call}: 'sign' takes ${kindOf(header)}; expected a header of jose.createJWSHeader`,
          );
        steps.push(header);
        return encoder;
      },
      /** `callback(error, token)` */
      encode(callback) {
        const call = 'Encoder.encode';
        answerLater(later, call, callback, () => {
          if (steps.length === 0) throw new Error(`${call}: nothing to do; add an operation 'sign' first`);
          const sign = (content, header) =>
            compact(signPart(lab, header, Buffer.from(content, 'utf8'), call), call);
          return steps.reduce(sign, stringify(claims));
        });
      },
    });
    return encoder;
  }

  function Decoder(token) {
    if (typeof token !== 'string')
      throw new TypeError(`jwt.Decoder: the token is ${kindOf(token)}; expected a string`);
    const steps = [];
    const decoder = freeze({
      /**
       * `'verify'` with a key; `'validate'` with claims that must be there. Options may stand first, as published scripts have it:
       * `validateDataType`, `validateAudience`, `validateExpiration`, `validateNotBefore`, each `true` unless said otherwise.
       */
      addOperation(...args) {
        const call = 'Decoder.addOperation';
        const options = typeof args[0] === 'object' && args[0] !== null ? args.shift() : {};
        const [operation, param] = args;
        checkOperation(operation, ['verify', 'validate'], 'decrypt', call);
        if (operation === 'verify') steps.push((content) => verified(lab, content, param));
        else {
          if (param !== undefined && (typeof param !== 'object' || param === null))
            throw new TypeError(`${call}: 'validate' takes ${kindOf(param)}; expected an object of claims`);
          steps.push((content) => {
            validateClaims(claimsIn(Buffer, content), param ?? {}, options, Date.now() / 1000);
            return content;
          });
        }
        return decoder;
      },
      /** `callback(error, claims)`. Without `verify` nothing is known about who made them. */
      decode(callback) {
        answerLater(later, 'Decoder.decode', callback, () =>
          claimsIn(
            Buffer,
            steps.reduce((content, step) => step(content), token),
          ),
        );
      },
    });
    return decoder;
  }

  return { Encoder, Decoder };
}

/** The payload of a token whose signature fits. */
function verified(lab, token, key) {
  const call = 'Decoder.decode (verify)';
  const { payload, signatures } = parseJws(lab.Buffer, token, call);
  if (!verifyPart(lab, signatures[0], key, call))
    throw new Error(`${call}: the signature does not fit token and key`);
  return payload.toString('utf8');
}

/** The claims in a token or in the payload of one; signed twice, they stand within the inner token. */
function claimsIn(Buffer, content) {
  const call = 'Decoder.decode';
  let inner = content;
  while (!inner.trim().startsWith('{')) inner = parseJws(Buffer, inner, call).payload.toString('utf8');
  return json(inner, call, 'set of claims');
}

function checkOperation(operation, known, absent, call) {
  if (known.includes(operation)) return;
  const expected = known.map((each) => `'${each}'`).join(' or ');
  if (operation === absent)
    throw new Error(`${call}: '${absent}' is not in the lab, which has no JWE; expected ${expected}`);
  throw new TypeError(`${call}: unknown operation ${JSON.stringify(operation)}; expected ${expected}`);
}
