// Two ends of a byte stream inside this process, that end like a socket's: what one end closes, the other learns.
import { type Duplex, duplexPair } from 'node:stream';

/** A client's end and a server's end. */
export function createWire(): [client: Duplex, server: Duplex] {
  const [client, server] = duplexPair();
  for (const end of [client, server]) writeTogether(end);
  closeAfter(client, server);
  closeAfter(server, client);
  return [client, server];
}

/**
 * What is corked goes as one piece, as a socket sends it: head and payload of a frame would else go on to the client as two packets.
 * It comes after the writer has returned, as from a socket.
 */
function writeTogether(end: Duplex): void {
  end._writev = (pieces, done) => {
    const whole = Buffer.concat(pieces.map(({ chunk }) => chunk));
    process.nextTick(() => end._write(whole, 'utf8', done));
  };
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
