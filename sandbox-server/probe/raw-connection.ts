// A connection to the gateway on which a client writes its own head, byte for byte, and reads the answer's.
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { ResponseHead } from '../gateway/handshake/response-rules.ts';
import type { ProbeEndpoint } from './probe.ts';

/** Bytes of an answer's head; a client gives up beyond. */
const HEAD_MAX_BYTES = 65_536;

/**
 * The lab's certificate is self-signed: it is accepted where the client was started with what the lessons call `--insecure`, as a probe always is.
 * Rejects with the error of the connection or of TLS.
 */
export async function openTls(
  { host, port, servername }: ProbeEndpoint,
  ALPNProtocols: string[],
  signal: AbortSignal,
  rejectUnauthorized = false,
): Promise<TLSSocket> {
  const socket = connect({ host, port, servername, ALPNProtocols, rejectUnauthorized });
  // Told by whoever waits for it; later ones are ends.
  socket.on('error', () => {});
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  if (signal.aborted) socket.destroy();
  await once(socket, 'secureConnect', { signal });
  return socket;
}

/** Sends a head, reads the answer's. `rest` is what came behind it. Rejects when the connection ends before. */
export async function exchangeHead(
  socket: Duplex,
  head: string,
  signal: AbortSignal,
): Promise<{ head: ResponseHead; rest: Buffer }> {
  socket.write(head, 'latin1');
  let bytes = Buffer.alloc(0);
  const read = Promise.withResolvers<Buffer>();
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end >= 0) read.resolve(bytes.subarray(0, end));
    else if (bytes.length > HEAD_MAX_BYTES) read.reject(new Error('the head of the answer is too long'));
  };
  const onClose = () =>
    read.reject(
      new Error(
        signal.aborted ? String(signal.reason?.message) : 'the connection was closed before an answer came',
      ),
    );
  socket.on('data', onData);
  socket.once('close', onClose);
  const raw = await read.promise.finally(() => {
    socket.off('data', onData);
    socket.off('close', onClose);
    socket.pause();
  });
  return { head: parseHead(raw.toString('latin1')), rest: bytes.subarray(raw.length + 4) };
}

function parseHead(text: string): ResponseHead {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const match = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(statusLine);
  if (!match) throw new Error('the answer is no HTTP');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(match[1]), reason: match[2] ?? '', headers };
}
