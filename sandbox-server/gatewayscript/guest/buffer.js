// `Buffer` as a global: the npm package of that name, which has Node's deprecated `new Buffer(text, encoding)` too.
import { Buffer } from 'buffer';
import { decodeUtf8 } from './decode-utf8.js';

const { apply } = Reflect;

export function createBuffer() {
  // Newer than Node 8: BigInt's methods, and `readUint8` and its like beside `readUInt8`.
  for (const name of Object.keys(Buffer.prototype))
    if (/Big(Uint|UInt|Int)|^(read|write)Uint/.test(name)) delete Buffer.prototype[name];
  // The package's own.
  delete Buffer.TYPED_ARRAY_SUPPORT;
  // The bundler numbers names that stand twice.
  Object.defineProperty(Buffer, 'name', { value: 'Buffer', configurable: true });
  // The package has a U+FFFD for every byte that is no UTF-8; Node has fewer.
  const byPackage = Buffer.prototype.toString;
  Buffer.prototype.toString = function (...args) {
    const [encoding, start, end] = args;
    const text = apply(byPackage, this, args);
    const isUtf8 = /^utf-?8$/i.test(encoding ?? 'utf8');
    return isUtf8 && text.includes('\ufffd')
      ? decodeUtf8(this.subarray(Math.max(0, start | 0), end)).text
      : text;
  };
  Buffer.prototype.toLocaleString = Buffer.prototype.toString;
  return Buffer;
}
