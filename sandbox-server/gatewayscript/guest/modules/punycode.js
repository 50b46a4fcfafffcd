// `require('punycode')`: Unicode names in ASCII (RFC 3492), by the very library that Node.js 8 carried.
import punycode from 'punycode/';

export default function createPunycode() {
  const { version, ucs2, decode, encode, toASCII, toUnicode } = punycode;
  return { version, ucs2: { ...ucs2 }, decode, encode, toASCII, toUnicode };
}
