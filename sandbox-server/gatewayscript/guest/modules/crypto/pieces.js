// Data as it goes to the host: text in UTF-8 or bytes as Latin-1 characters; gathered call by call, worked on at once at the end.
import { bytesIn } from '../../buffers.js';
import { latin1 } from '../../host.js';

export function kindOf(value) {
  return value === null ? 'null' : typeof value;
}

/** @param data a string, a Buffer, or the Buffers of `readAsBuffers` @param encoding of a string; UTF-8 by default */
export function piece(Buffer, data, encoding, call, what = 'data') {
  if (typeof data === 'string') {
    if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8')
      return ['utf8', data];
    checkEncoding(Buffer, encoding, call);
    return ['latin1', latin1(Buffer.from(data, encoding))];
  }
  const bytes = bytesIn(data);
  if (bytes) return ['latin1', latin1(bytes)];
  throw new TypeError(`${call}: the ${what} is ${kindOf(data)}; expected a string or a Buffer`);
}

/** Bytes that came from the host: a Buffer, or text where an encoding is given. */
export function output(Buffer, latin1Text, encoding, call) {
  const bytes = Buffer.from(latin1Text, 'latin1');
  if (encoding === undefined || encoding === null || encoding === 'buffer') return bytes;
  checkEncoding(Buffer, encoding, call);
  return bytes.toString(encoding);
}

function checkEncoding(Buffer, encoding, call) {
  if (Buffer.isEncoding(encoding)) return;
  const given = typeof encoding === 'string' ? `'${encoding.slice(0, 40)}'` : kindOf(encoding);
  throw new TypeError(`${call}: unknown encoding ${given}; expected utf8, hex, base64, latin1 or ascii`);
}

/** The name of an algorithm as it goes over the border, where the host knows which there are. */
export function algorithmName(algorithm, call) {
  if (typeof algorithm === 'string') return algorithm.slice(0, 100);
  throw new TypeError(`${call}: the algorithm is ${kindOf(algorithm)}; expected its name, a string`);
}
