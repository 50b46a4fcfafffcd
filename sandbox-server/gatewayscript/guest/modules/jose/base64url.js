// Base64url without padding (RFC 7515 §2): the form of every part of a JWS.

/** @param bytes a Buffer */
export function encode(bytes) {
  return bytes.toString('base64').replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

export function decode(Buffer, text, call, what) {
  if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1)
    throw new TypeError(`${call}: the ${what} is not base64url (letters, digits, - and _, without padding)`);
  return Buffer.from(text, 'base64');
}

/** Text in UTF-8, or the bytes themselves where they are none. */
export function textOrBytes(Buffer, bytes) {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes;
}
