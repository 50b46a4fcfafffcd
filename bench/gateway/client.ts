// The load generator's client: as little as a WebSocket client can do, so that what is measured is the other side.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { acceptValue } from '../../sandbox-server/gateway/handshake/accept.ts';
import { freshKey } from '../../sandbox-server/gateway/handshake/key.ts';

/** Where clients go: by which port and path, and whether that port speaks TLS. */
export interface Subject {
  port: number;
  path: string;
  tls?: boolean;
}

/** The greeting of the uppercase server, as an unmasked text frame. */
const GREETING_BYTES = 2 + 'Welcome to the WebSocket server!'.length;

export const TEXT = 'a message of a learner, 32 bytes';
const PREFIX = 'Processed message: ';
/** The answer's frame, as on the wire. */
export const ANSWER = Buffer.from(
  `\x81${String.fromCharCode(PREFIX.length + TEXT.length)}${PREFIX}${TEXT.toUpperCase()}`,
  'latin1',
);

/** A masked text frame. */
export function textFrame(): Buffer {
  const mask = randomBytes(4);
  const payload = Buffer.from(TEXT);
  for (const [i, byte] of payload.entries()) payload[i] = byte ^ (mask[i % 4] ?? 0);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, payload]);
}

/** A TLS client takes up no earlier session: each handshake is a whole one. */
async function connectToTls(port: number): Promise<Socket> {
  const own = { rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] };
  const socket = connectTls({ port, host: '127.0.0.1', ...own });
  await once(socket, 'secureConnect');
  return socket.setNoDelay(true);
}

export async function connectTo(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Opens a WebSocket: resolves when the 101 is there and right, and the greeting has come. */
export async function openClient({ port, path, tls = false }: Subject): Promise<Socket> {
  const socket = await (tls ? connectToTls(port) : connectTo(port));
  const key = freshKey();
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await new Promise<void>((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const onClose = () => reject(new Error(`closed after ${bytes.toString('latin1').slice(0, 500)}`));
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end === -1 || bytes.length < end + 4 + GREETING_BYTES) return;
      const head = bytes.toString('latin1', 0, end);
      socket.off('data', onData).off('close', onClose);
      if (head.startsWith('HTTP/1.1 101 ') && head.includes(acceptValue(key))) resolve();
      else reject(new Error(`no handshake: ${head}`));
    };
    socket.on('data', onData).on('close', onClose).on('error', reject);
  });
  return socket;
}

/** Opens `count`, `atOnce` at a time. */
export async function openClients(subject: Subject, count: number, atOnce: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  let started = 0;
  const openOnes = async () => {
    while (started < count) {
      started += 1;
      sockets.push(await openClient(subject));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, openOnes));
  return sockets;
}
