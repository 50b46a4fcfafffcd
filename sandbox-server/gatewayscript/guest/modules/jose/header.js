// The header of one JWS signature: protected and unprotected parameters, and the key that goes with them (RFC 7515 §4).
import { kindOf } from '../crypto/pieces.js';

const { freeze, keys, assign, create } = Object;
const { hasOwnProperty: has } = Object.prototype;
const { apply } = Reflect;
const { parse, stringify } = JSON;

/** What can be read of a header; `JWSHeader` and the signatures of a parsed JWS have it. Parameters come as copies. */
export function headerReaders(protectedPart, unprotectedPart, key) {
  const all = () => assign({}, unprotectedPart, protectedPart);
  const named = (part, name) => copyOf(name === undefined ? part : own(part, name));
  return {
    get: (name) => named(all(), name),
    getJOSEHeader: () => copyOf(all()),
    getProtected: (name) => named(protectedPart, name),
    getUnprotected: (name) => named(unprotectedPart, name),
    getKey: () => key.value,
  };
}

/** `jose.createJWSHeader(key[, algorithm])` (IBM documentation, "JWSHeader class"). Every setter gives the header itself. */
export function createHeader(givenKey, algorithm) {
  const protectedPart = create(null);
  const unprotectedPart = create(null);
  const key = { value: givenKey };
  const setter = (part, other, method) => (name, value) => {
    const call = `JWSHeader.${method}`;
    const given = typeof name === 'object' && name !== null ? name : { [checkedName(name, call)]: value };
    for (const each of keys(given)) {
      // RFC 7515 §4: a parameter's name stands in one of the two only.
      if (own(other, each) !== undefined)
        throw new Error(
          `${call}: '${each}' is in the header's other part already; a name may stand in one only`,
        );
      part[each] = json(given[each], each, call);
    }
    return header;
  };
  const header = freeze({
    ...headerReaders(protectedPart, unprotectedPart, key),
    setProtected: setter(protectedPart, unprotectedPart, 'setProtected'),
    setUnprotected: setter(unprotectedPart, protectedPart, 'setUnprotected'),
    setKey(value) {
      key.value = value;
      return header;
    },
  });
  if (algorithm !== undefined) header.setProtected('alg', algorithm);
  return header;
}

/** Whether it has what a header is read by; `jwt` takes headers that `jose` made. */
export function isHeader(value) {
  if (typeof value !== 'object' || value === null) return false;
  return ['getProtected', 'getUnprotected', 'getKey'].every((method) => typeof value[method] === 'function');
}

/** `Object.hasOwn` is newer than the gateway's language, so it is not here. */
function own(part, name) {
  return apply(has, part, [name]) ? part[name] : undefined;
}

function checkedName(name, call) {
  if (typeof name === 'string' && name !== '') return name;
  throw new TypeError(
    `${call}: the parameter's name is ${name === '' ? 'empty' : kindOf(name)}; expected a string or an object`,
  );
}

function json(value, name, call) {
  const text = stringify(value);
  if (text === undefined)
    throw new TypeError(
      `${call}: the value of '${name}' is ${kindOf(value)}; expected a string, or another value of JSON`,
    );
  return parse(text);
}

function copyOf(value) {
  return value === undefined ? undefined : parse(stringify(value));
}
