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
    if (end.errored || other.readableEnded) return void other.destroy();
    // What was written before the end still has to be read.
    other.once('end', () => other.destroy());
    // What it writes now goes nowhere, but is done: who waits for that before he reads on would never come to the end.
    other._write = (_chunk, _encoding, done) => done();
    end._read(0);
  });
}
