// HTTP in front of a WebSocket server of a sandbox: upgrades go on, and a plain request gets what `ws` itself answers, 426, unless the server has its own answer.
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface UpgradeServer {
  /** Serves one byte stream, as if a client had connected. */
  accept(stream: Duplex): void;
  /** Listens on a real port too; rejects as `net.Server` does, e.g. with `EADDRINUSE`. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Open streams. */
  streams(): number;
  /** Ends all streams, after what was written in this turn. */
  close(): Promise<void>;
}

export function createUpgradeServer(
  onUpgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void = requireUpgrade,
): UpgradeServer {
  const streams = new Set<Duplex>();
  const http: Server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, onRequest);
  // Both answers close the connection; so no client has more than one request wait.
  http.maxRequestsPerSocket = 1;
  http.on('connection', (stream: Duplex) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  });
  http.on('upgrade', onUpgrade);

  return {
    accept: (stream) => void http.emit('connection', stream),
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, host, () => {
          http.off('error', reject);
          const address = http.address();
          if (address && typeof address === 'object') resolve(address);
        });
      }),
    streams: () => streams.size,
    async close() {
      const closed = http.listening ? new Promise((resolve) => http.close(resolve)) : null;
      // One turn, so that a last frame is written before the streams are gone.
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([...streams].map(destroyed));
      await closed;
    },
  };
}

function requireUpgrade(_request: IncomingMessage, response: ServerResponse): void {
  const body = STATUS_CODES[426] ?? '';
  response.writeHead(426, {
    'Content-Type': 'text/plain',
    'Content-Length': body.length,
    Connection: 'close',
  });
  response.end(body);
}

/** 503, for a connection too many. */
export function refuse(stream: Duplex): void {
  stream.on('error', () => {});
  // Else the end of a client that does not read its answer would not be seen.
  stream.resume();
  stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
    stream.destroy(),
  );
}

function destroyed(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve);
    stream.destroy();
  });
}
