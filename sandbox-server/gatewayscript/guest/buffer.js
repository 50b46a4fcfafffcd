// `Buffer` as a global: the npm package of that name, which has Node's deprecated `new Buffer(text, encoding)` too.
import { Buffer } from 'buffer';

export function createBuffer() {
  // Newer than Node 8, and without BigInt of no use.
  for (const name of Object.keys(Buffer.prototype))
    if (/Big(Uint|UInt|Int)/.test(name)) delete Buffer.prototype[name];
  return Buffer;
}
