// The server that the tutorial builds: it greets, answers each message in upper case, and tells what it does.
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSteadyBudget } from '../gateway/event-budget.ts';
import { createHeldBytes, type HeldBytes } from '../gateway/held-bytes.ts';
import { countUnfinished } from './unfinished.ts';
import { createUpgradeServer, refuse } from './upgrade-server.ts';

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
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: maxMessageBytes,
  });

  const upgrades = createUpgradeServer((request, stream, head) => {
    if (sockets.clients.size >= maxConnections) return refuse(stream);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const incoming = countUnfinished(stream, held);
      socket.on('message', () => incoming.whole());
      serve(socket, onConsole, held);
    });
  });

  return {
    accept: upgrades.accept,
    listen: upgrades.listen,
    connections: upgrades.streams,
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, 'The server is going away');
      await upgrades.close();
    },
  };
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

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
