// A client of the load: a raw socket that has made its handshake, and sends a frame for each that comes back.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const PAYLOAD = 32;
/** Head and mask of a text frame of that length, and the answer's head. */
const ANSWER_BYTES = 2 + PAYLOAD;

function frame(): Buffer {
  const mask = randomBytes(4);
  const payload = Buffer.alloc(PAYLOAD, 'a');
  return Buffer.concat([
    Buffer.from([0x81, 0x80 | PAYLOAD]),
    mask,
    payload.map((byte, i) => byte ^ (mask[i & 3] ?? 0)),
  ]);
}

/** Connects and makes the handshake; `host` is the loopback address to come from. */
export function shakeHands(port: number, path: string, localAddress = '127.0.0.1'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    socket.once('error', reject);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    let head = '';
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      socket.off('error', reject);
      socket.on('error', () => {});
      if (head.startsWith('HTTP/1.1 101 ')) resolve(socket);
      else reject(new Error(head.split('\r\n')[0]));
    };
    socket.on('data', onData);
  });
}

export interface PingPong {
  messages: number;
  seconds: number;
  /** Milliseconds of each message and its answer, a sample of them. */
  latencies: number[];
}

/** Every socket has one message under way at all times, for that long. */
export async function pingPong(sockets: readonly Socket[], seconds: number): Promise<PingPong> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  let messages = 0;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          const bytes = frame();
          let got = 0;
          let sentAt = performance.now();
          const onData = (chunk: Buffer) => {
            got += chunk.length;
            if (got < ANSWER_BYTES) return;
            got -= ANSWER_BYTES;
            messages += 1;
            const now = performance.now();
            if ((messages & 7) === 0) latencies.push(now - sentAt);
            if (now >= until) {
              socket.off('data', onData);
              return resolve();
            }
            sentAt = now;
            socket.write(bytes);
          };
          socket.on('data', onData);
          socket.write(bytes);
        }),
    ),
  );
  return { messages, seconds: (performance.now() - startedAt) / 1_000, latencies };
}
