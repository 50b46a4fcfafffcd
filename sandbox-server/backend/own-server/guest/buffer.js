// `Buffer`: the npm package of that name. Text in UTF-8 is the host's work, which takes a millisecond for what takes the guest a second.
import { Buffer } from 'buffer';
import { latin1 } from '../../../gatewayscript/guest/host.js';

const { apply } = Reflect;
const isUtf8 = (encoding) => encoding === undefined || /^utf-?8$/i.test(encoding);

export function createBuffer(host, bytes) {
  // The package's own; and the bundler numbers names that stand twice.
  delete Buffer.TYPED_ARRAY_SUPPORT;
  Object.defineProperty(Buffer, 'name', { value: 'Buffer', configurable: true });

  const textByPackage = Buffer.prototype.toString;
  Buffer.prototype.toString = function (encoding, start, end) {
    if (!isUtf8(encoding)) return apply(textByPackage, this, [encoding, start, end]);
    return host.call('text', latin1(this.subarray(Math.max(0, start | 0), end)));
  };
  Buffer.prototype.toLocaleString = Buffer.prototype.toString;

  const fromByPackage = Buffer.from;
  Buffer.from = (value, encoding, length) =>
    typeof value === 'string' && isUtf8(encoding)
      ? fromByPackage(bytes('bytes', value))
      : fromByPackage(value, encoding, length);
  return Buffer;
}
