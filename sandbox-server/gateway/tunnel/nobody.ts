// The other end of a scripted 101 to which nothing is attached: it takes everything and never says a word.
import { Duplex } from 'node:stream';

/** Ends when its writer has ended, so that a client that leaves is let go. */
export function createNobody(): Duplex {
  return new Duplex({
    read() {},
    write(_chunk, _encoding, callback) {
      callback();
    },
    final(callback) {
      this.push(null);
      callback();
    },
  });
}
