// The server that the tutorial builds: it greets, answers each message in upper case, and tells what it does.
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createEventBudget } from '../gateway/event-budget.ts';

export type ConsoleListener = (level: 'log' | 'error', text: string) => void;

export interface UppercaseOptions {
  onConsole: ConsoleListener;
  /** Bytes of a message; a longer one ends the connection with 1009. */
  maxMessageBytes?: number;
  /** Lines a second that the console tells, of all connections; more are counted. */
  maxLinesPerSecond?: number;
  /** Open connections; beyond, a handshake gets 503. */
  maxConnections?: number;
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
const SEND_BUFFER_BYTES = 1_048_576;

export function createUppercaseServer(options: UppercaseOptions): UppercaseServer {
  const { maxMessageBytes = 1_048_576, maxConnections = 2_000 } = options;
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
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, onConsole));
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

function serve(socket: WebSocket, onConsole: ConsoleListener): void {
  onConsole('log', 'Client connected');
  socket.send('Welcome to the WebSocket server!');
  socket.on('message', (data) => {
    const text = data.toString();
    onConsole('log', `Received message: ${cut(text)}`);
    socket.send(`Processed message: ${text.toUpperCase()}`, () => {
      if (socket.isPaused && socket.bufferedAmount < SEND_BUFFER_BYTES) socket.resume();
    });
    if (socket.bufferedAmount >= SEND_BUFFER_BYTES) socket.pause();
  });
  socket.on('error', (error) => onConsole('error', `Connection error: ${error.message}`));
  socket.on('close', () => onConsole('log', 'Client disconnected'));
}

function bounded(onConsole: ConsoleListener, perSecond: number): ConsoleListener {
  const budget = createEventBudget(perSecond);
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
