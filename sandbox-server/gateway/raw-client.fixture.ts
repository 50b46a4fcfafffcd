// A client for tests that writes the very bytes it is given and shows the very bytes that come back.
import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

export interface RawAnswer {
  /** The whole answer as Latin-1. */
  text: string;
  status: number;
  head: string;
  body: string;
}

export async function openRaw(port: number): Promise<TLSSocket> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  });
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends a request and reads until the gateway ends the connection. */
export async function exchangeRaw(port: number, request: string): Promise<RawAnswer> {
  const socket = await openRaw(port);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  const ended = new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
  socket.write(request, 'latin1');
  await ended;
  socket.destroy();
  return parseAnswer(Buffer.concat(chunks));
}

/** Reads until the head of an answer is whole, and leaves what follows it to be read. */
export async function readHead(socket: TLSSocket): Promise<RawAnswer> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = socket.read();
    if (Buffer.isBuffer(chunk)) bytes = Buffer.concat([bytes, chunk]);
    else if (socket.readableEnded || socket.destroyed) return parseAnswer(bytes);
    else await Promise.race([once(socket, 'readable'), once(socket, 'end')]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end === -1) continue;
    if (bytes.length > end + 4) socket.unshift(bytes.subarray(end + 4));
    return parseAnswer(bytes.subarray(0, end + 4));
  }
}

function parseAnswer(bytes: Buffer): RawAnswer {
  const text = bytes.toString('latin1');
  const at = text.indexOf('\r\n\r\n');
  const head = at === -1 ? text : text.slice(0, at);
  return {
    text,
    head,
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    body: at === -1 ? '' : text.slice(at + 4),
  };
}
