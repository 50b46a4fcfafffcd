// `Buffer`: the npm package of that name, with what Node's has beside. Text in UTF-8 is the host's work, which takes a millisecond for what takes the guest a second.
import { Buffer, INSPECT_MAX_BYTES } from 'buffer';
import { latin1 } from '../../../gatewayscript/guest/host.js';
import { received } from './received.js';

const { apply } = Reflect;
const isUtf8 = (encoding) => encoding === undefined || /^utf-?8$/i.test(encoding);
const isObject = (value) => typeof value === 'object' && value !== null;
const isBase64Url = (encoding) => /^base64url$/i.test(encoding);

export function createBuffer(host, bytes) {
  // The package's own; and the bundler numbers names that stand twice.
  delete Buffer.TYPED_ARRAY_SUPPORT;
  Object.defineProperty(Buffer, 'name', { value: 'Buffer', configurable: true });

  const textByPackage = Buffer.prototype.toString;
  Buffer.prototype.toString = function (encoding, start, end) {
    if (isBase64Url(encoding)) return base64Url(apply(textByPackage, this, ['base64', start, end]));
    if (!isUtf8(encoding)) return apply(textByPackage, this, [encoding, start, end]);
    return host.call('text', latin1(this.subarray(Math.max(0, start | 0), end)));
  };
  Buffer.prototype.toLocaleString = Buffer.prototype.toString;

  Object.defineProperty(Buffer.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: shown });

  const fromByPackage = Buffer.from;
  Buffer.from = (value, encoding, length) => {
    if (typeof value === 'string') {
      if (isUtf8(encoding)) return fromByPackage(bytes('bytes', value));
      // The package reads both alphabets.
      return fromByPackage(value, isBase64Url(encoding) ? 'base64' : encoding);
    }
    // A date, for one, which gives its text where it is asked for it.
    const primitive = isObject(value) && value.length === undefined ? value[Symbol.toPrimitive] : undefined;
    if (typeof primitive === 'function') {
      const text = apply(primitive, value, ['string']);
      if (typeof text === 'string') return Buffer.from(text, encoding);
    }
    try {
      if (!isObject(value) && typeof value !== 'number') throw new TypeError('neither bytes nor text');
      return fromByPackage(value, encoding, length);
    } catch (error) {
      // What is wrong with a length is said with a RangeError.
      if (!(error instanceof TypeError)) throw error;
      throw Object.assign(
        new TypeError(
          `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. ${received(value)}`,
        ),
        { code: 'ERR_INVALID_ARG_TYPE' },
      );
    }
  };

  const isEncodingByPackage = Buffer.isEncoding;
  Buffer.isEncoding = (encoding) => isEncodingByPackage(encoding) || isBase64Url(encoding);
  return Buffer;
}

/** After Node.js's `Buffer.prototype[customInspectSymbol]` (lib/buffer.js). */
function shown() {
  const bytes = [...this.subarray(0, INSPECT_MAX_BYTES)].map((each) => each.toString(16).padStart(2, '0'));
  const more = this.length - bytes.length;
  const rest = more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : '';
  return `<${this.constructor.name} ${bytes.join(' ')}${rest}>`;
}

export function base64Url(base64) {
  return base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}
