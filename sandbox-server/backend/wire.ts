// Two ends of a byte stream inside this process, that end like a socket's: what one end closes, the other learns.
import { type Duplex, duplexPair } from 'node:stream';

/** A client's end and a server's end. */
export function createWire(): [client: Duplex, server: Duplex] {
  const [client, server] = duplexPair();
  closeAfter(client, server);
  closeAfter(server, client);
  return [client, server];
}

/** `duplexPair` leaves an end open when the other is destroyed, and its writes then wait for ever. */
function closeAfter(end: Duplex, other: Duplex): void {
  end.once('close', () => {
    if (other.destroyed) return;
    // What it has written, and nobody has read, will never be: a socket's end learns that even while it reads nothing.
    if (other.writableLength > 0) return void other.destroy(broken());
    if (end.errored || other.readableEnded) return void other.destroy();
    // What was written before the end still has to be read.
    other.once('end', () => other.destroy());
    other._write = (_chunk, _encoding, done) => done(broken());
  });
}

function broken(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
}
