// The server that the tutorial builds: it greets, answers each message in upper case, and tells what it does.
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSteadyBudget } from '../gateway/event-budget.ts';
import { createHeldBytes, type HeldBytes, UNCOUNTED_BYTES } from '../gateway/held-bytes.ts';

export type ConsoleListener = (level: 'log' | 'error', text: string) => void;

export interface UppercaseOptions {
  onConsole: ConsoleListener;
  /** Bytes of a message; a longer one ends the connection with 1009. */
  maxMessageBytes?: number;
  /** Lines a second that the console tells, of all connections; more are counted. */
  maxLinesPerSecond?: number;
  /** Open connections; beyond, a handshake gets 503. */
  maxConnections?: number;
  /** What waits for slow readers and in unfinished messages is on its accounts; without, it has no common bound. */
  held?: HeldBytes;
}

export interface UppercaseServer {
  /** Serves one byte stream, as if a client had connected. */
  accept(stream: Duplex): void;
  /** Listens on a real port too; rejects as `net.Server` does, e.g. with `EADDRINUSE`. */
  listen(port: number, host: string): Promise<AddressInfo>;
  connections(): number;
  /** Tells the clients 1001, then ends everything. */
  close(): Promise<void>;
}

/** Characters of a message that the console shows. */
const SHOWN_CHARACTERS = 1_024;
/** Bytes that may wait for a slow reader before the server stops reading from it. */
const SEND_BUFFER_BYTES = 65_536;

export function createUppercaseServer(options: UppercaseOptions): UppercaseServer {
  const { maxMessageBytes = 1_048_576, maxConnections = 2_000 } = options;
  const held = options.held ?? createHeldBytes(Number.POSITIVE_INFINITY);
  const onConsole = bounded(options.onConsole, options.maxLinesPerSecond ?? 1_000);
  const streams = new Set<Duplex>();
  // A plain request gets what `ws` itself answers: 426 Upgrade Required.
  const http: Server = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000 },
    (_request, response) => {
      const body = STATUS_CODES[426] ?? '';
      response.writeHead(426, {
        'Content-Type': 'text/plain',
        'Content-Length': body.length,
        Connection: 'close',
      });
      response.end(body);
    },
  );
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: maxMessageBytes,
  });

  http.on('connection', (stream: Duplex) => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  });
  http.on('upgrade', (request, stream: Duplex, head) => {
    if (sockets.clients.size >= maxConnections) return refuse(stream);
    const incoming = countUnfinished(stream, held);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('message', () => incoming.whole());
      serve(socket, onConsole, held);
    });
  });

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
    connections: () => streams.size,
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, 'The server is going away');
      const closed = http.listening ? new Promise((resolve) => http.close(resolve)) : null;
      // One turn, so that the 1001 is written before the streams are gone.
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([...streams].map(destroyed));
      await closed;
    },
  };
}

/** Counts what comes on a stream until `whole` says that it has made a message. */
function countUnfinished(stream: Duplex, held: HeldBytes): { whole(): void } {
  const account = { cut: () => stream.destroy() };
  let bytes = 0;
  function whole(): void {
    if (bytes > UNCOUNTED_BYTES) held.set(account, 0);
    bytes = 0;
  }
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > UNCOUNTED_BYTES) held.set(account, bytes);
  });
  stream.once('close', whole);
  return { whole };
}

function serve(socket: WebSocket, onConsole: ConsoleListener, held: HeldBytes): void {
  const waiting = { cut: () => socket.terminate() };
  onConsole('log', 'Client connected');
  socket.send('Welcome to the WebSocket server!');
  socket.on('message', (data) => {
    const text = data.toString();
    onConsole('log', `Received message: ${cut(text)}`);
    socket.send(`Processed message: ${text.toUpperCase()}`, () => {
      if (!socket.isPaused || socket.bufferedAmount >= SEND_BUFFER_BYTES) return;
      held.set(waiting, 0);
      socket.resume();
    });
    if (socket.bufferedAmount < SEND_BUFFER_BYTES) return;
    socket.pause();
    held.set(waiting, socket.bufferedAmount);
  });
  socket.on('error', (error) => onConsole('error', `Connection error: ${error.message}`));
  socket.on('close', () => {
    held.set(waiting, 0);
    onConsole('log', 'Client disconnected');
  });
}

function bounded(onConsole: ConsoleListener, perSecond: number): ConsoleListener {
  const budget = createSteadyBudget(perSecond);
  return (level, text) => {
    const { allowed, missed } = budget.take();
    if (missed > 0)
      onConsole('error', `${missed} lines came faster than ${perSecond} a second and are not shown.`);
    if (allowed) onConsole(level, text);
  };
}

function destroyed(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve);
    stream.destroy();
  });
}

function refuse(stream: Duplex): void {
  stream.on('error', () => {});
  stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
