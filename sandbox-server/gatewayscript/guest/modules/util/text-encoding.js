// `util.TextEncoder` and `util.TextDecoder` (WHATWG Encoding) for the encodings that Buffer has.
import { decodeUtf8 } from '../../decode-utf8.js';
import { coded, invalidArgument } from './node-error.js';

const LABELS = {
  utf8: 'utf-8',
  'utf-8': 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  utf16le: 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
};

export function createTextEncoding(Buffer) {
  class TextEncoder {
    get encoding() {
      return 'utf-8';
    }
    encode(text = '') {
      return new Uint8Array(Buffer.from(`${text}`));
    }
  }

  /** Without `stream`: each call decodes a whole text. */
  class TextDecoder {
    constructor(label = 'utf-8', options = {}) {
      const encoding = LABELS[`${label}`.trim().toLowerCase()];
      if (encoding === undefined)
        throw coded(new RangeError(`The "${label}" encoding is not supported`), 'ERR_ENCODING_NOT_SUPPORTED');
      Object.assign(this, {
        encoding,
        fatal: Boolean(options?.fatal),
        ignoreBOM: Boolean(options?.ignoreBOM),
      });
    }

    decode(input = new Uint8Array(0)) {
      const bytes = bytesOf(input);
      const { text, whole } =
        this.encoding === 'utf-8'
          ? decodeUtf8(bytes)
          : { text: Buffer.from(bytes).toString('utf16le'), whole: bytes.length % 2 === 0 };
      if (this.fatal && !whole)
        throw coded(
          new TypeError(`The encoded data was not valid for encoding ${this.encoding}`),
          'ERR_ENCODING_INVALID_ENCODED_DATA',
        );
      return !this.ignoreBOM && text.startsWith('\ufeff') ? text.slice(1) : text;
    }
  }

  return { TextEncoder, TextDecoder };
}

function bytesOf(input) {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw invalidArgument('input', 'ArrayBuffer or ArrayBufferView');
}
