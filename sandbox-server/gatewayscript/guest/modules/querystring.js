// `require('querystring')`: a query from text to object and back, after Node.js 8.9.4 (LICENSE.node.txt), which the gateway's language is.
import { parsePairs } from './querystring/parse.js';
import { wholePairs } from './querystring/whole-pairs.js';

const { apply } = Reflect;
const UNESCAPED = /[^!'()*\-._~0-9A-Za-z]/;
const HEX = /[0-9a-f]/i;

export default function createQuerystring({ Buffer }) {
  /** Bytes of a text in which `%XX` stands for a byte; what is no such code stays. A character above U+00FF loses its high bits, as in Node. */
  function unescapeBuffer(text, decodeSpaces) {
    const bytes = Buffer.alloc(text.length);
    let length = 0;
    for (let i = 0; i < text.length; i += 1) {
      if (text[i] === '+' && decodeSpaces) {
        bytes[length++] = 32;
      } else if (text[i] === '%' && i < text.length - 2) {
        // As in Node, the characters that spoil a code are taken as they are, a further % or + too.
        const digits = HEX.test(text[i + 1]) ? text.slice(i + 1, i + 3) : text[i + 1];
        const code =
          HEX.test(text[i + 2]) && digits.length === 2 ? [parseInt(digits, 16)] : [37, ...codes(digits)];
        for (const each of code) bytes[length++] = each;
        i += digits.length;
      } else {
        bytes[length++] = text.charCodeAt(i);
      }
    }
    return length < text.length ? bytes.slice(0, length) : bytes;
  }

  /** Never fails: what `decodeURIComponent` refuses is decoded byte by byte. */
  function unescapeText(text, decodeSpaces) {
    try {
      return decodeURIComponent(text);
    } catch {
      return querystring.unescapeBuffer(text, decodeSpaces).toString();
    }
  }

  /** `encodeURIComponent` for any value. @throws URIError for half a surrogate pair at the end of the text */
  function escapeText(value) {
    const text = typeof value === 'object' ? String(value) : `${value}`;
    return UNESCAPED.test(text) ? encodeURIComponent(wholePairs(text)) : text;
  }

  function stringify(object, separator, equals, options) {
    if (typeof object !== 'object' || object === null) return '';
    const encode =
      typeof options?.encodeURIComponent === 'function' ? options.encodeURIComponent : querystring.escape;
    const eq = equals || '=';
    const sep = separator || '&';
    const keys = Object.keys(object);
    let text = '';
    for (const [index, key] of keys.entries()) {
      const value = object[key];
      const name = encode(primitiveText(key)) + eq;
      const list = Array.isArray(value) ? value : [value];
      const parts = [];
      for (let i = 0; i < list.length; i += 1) parts.push(name + encode(primitiveText(list[i])));
      text += parts.join(sep);
      if (parts.length > 0 && index < keys.length - 1) text += sep;
    }
    return text;
  }

  /** @returns an object without a prototype; a name that stands more than once has a list. At most 1000 pairs, or `options.maxKeys`; 0 is no limit. */
  function parse(text, separator, equals, options) {
    if (typeof text !== 'string' || text.length === 0) return Object.create(null);
    const decode =
      typeof options?.decodeURIComponent === 'function' ? options.decodeURIComponent : querystring.unescape;
    const maxKeys = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
    return parsePairs(text, `${separator || '&'}`, `${equals || '='}`, {
      maxKeys: maxKeys > 0 ? maxKeys : Infinity,
      always: decode !== unescapeText,
      decode(encoded) {
        try {
          return apply(decode, undefined, [encoded]);
        } catch {
          return querystring.unescape(encoded, true);
        }
      },
    });
  }

  const querystring = {
    unescapeBuffer,
    unescape: unescapeText,
    escape: escapeText,
    stringify,
    encode: stringify,
    parse,
    decode: parse,
  };
  return querystring;
}

function codes(text) {
  return Array.from({ length: text.length }, (_each, i) => text.charCodeAt(i));
}

function primitiveText(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return `${value}`;
  return '';
}
