// `require('punycode')`: Unicode names in ASCII (RFC 3492), by the very library that Node.js 8 carried.
import punycode from 'punycode/';

export default function createPunycode() {
  const { version, ucs2 } = punycode;
  const ofText = (name) => (text) => {
    if (typeof text === 'string') return punycode[name](text);
    throw new TypeError(
      `punycode.${name}: the text is ${text === null ? 'null' : typeof text}; expected a string`,
    );
  };
  return {
    version,
    ucs2: { ...ucs2 },
    decode: ofText('decode'),
    encode: ofText('encode'),
    toASCII: ofText('toASCII'),
    toUnicode: ofText('toUnicode'),
  };
}
