// The bytes of an XML document as text, by its byte order mark or by what its declaration says (XML 1.0, appendix F).
import { decodeUtf8 } from '../decode-utf8.js';

/** The encodings that the lab reads; anything else fails by its name. */
const NODE_NAMES = {
  'utf-8': 'utf8',
  'us-ascii': 'latin1',
  ascii: 'latin1',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  'utf-16': 'utf16le',
  'utf-16le': 'utf16le',
};

export function decodeXml(bytes, Buffer) {
  const buffer = Buffer.from(bytes);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.slice(2).toString('utf16le');
  const marked = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  const declared =
    /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(buffer.slice(0, 200).toString('latin1'))?.[1] ??
    'utf-8';
  const encoding = marked ? 'utf8' : NODE_NAMES[declared.toLowerCase()];
  if (encoding === undefined)
    throw new Error(`the XML is in ${declared}; expected one of ${Object.keys(NODE_NAMES).join(', ')}`);
  if (encoding !== 'utf8') return buffer.toString(encoding);
  const { text, whole } = decodeUtf8(marked ? buffer.slice(3) : buffer);
  if (!whole) throw new Error('the XML has bytes that are no UTF-8');
  return text;
}
