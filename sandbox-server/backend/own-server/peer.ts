// One WebSocket of a learner's server on this side, whichever end opened it: what comes is told to the script, what the script does to it is done.
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { type HeldBytes, UNCOUNTED_BYTES } from '../../gateway/held-bytes.ts';
import { countUnfinished } from '../unfinished.ts';
import type { Inboxes } from './inbox.ts';
import type { Action, ClientEvent } from './messages.ts';

export type PeerAction = Extract<
  Action,
  { do: 'send' | 'ping' | 'pong' | 'close' | 'terminate' | 'pause' | 'resume' }
>;

/** What all of one server share. */
export interface PeerParts {
  tell(event: ClientEvent): void;
  /** Of what was sent to that client, one more is written, or never will be. */
  written(client: number, failed: boolean): void;
  onConsole(level: 'log' | 'error', text: string): void;
  held: HeldBytes;
  inboxes: Inboxes;
}

export interface Peer {
  act(action: PeerAction): void;
  /** The script has handled the oldest of its messages. */
  handledOne(): void;
  /** It is open, on that stream: what waits on it is on the accounts from now on. */
  opened(stream: Duplex): void;
  /** Resolves when it is closed, with that code. */
  end(code: number, reason: string): Promise<void>;
  terminate(): void;
}

/** `onGone` is called before the script is told of the end. */
export function createPeer(id: number, socket: WebSocket, parts: PeerParts, onGone: () => void): Peer {
  const { tell, written, onConsole, held, inboxes } = parts;
  const holder = { cut: () => socket.terminate() };
  const inbox = inboxes.make(holder.cut);
  let paused = false;

  const event = (told: Extract<ClientEvent, { data: Uint8Array }>) => {
    const room = inbox.add(told.data.length);
    if (room === 'pause') socket.pause();
    if (room !== 'too-many') return tell(told);
    if (socket.readyState !== socket.OPEN) return;
    onConsole('error', 'A client was cut off: more messages came at once than may wait for the server.');
    socket.terminate();
  };
  socket.on('message', (data, binary) => event({ type: 'message', client: id, data: bytesOf(data), binary }));
  socket.on('ping', (data) => event({ type: 'ping', client: id, data: bytesOf(data) }));
  socket.on('pong', (data) => event({ type: 'pong', client: id, data: bytesOf(data) }));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const { name, message, code = null } = error;
    tell({ type: 'error', client: id, name, message, code });
  });
  socket.on('close', (code, data) => {
    onGone();
    tell({ type: 'close', client: id, code, data: bytesOf(data) });
  });

  function send(action: Extract<PeerAction, { do: 'send' | 'ping' | 'pong' }>): void {
    const done = (error?: Error | null) => written(id, Boolean(error));
    if (socket.readyState !== socket.OPEN) return void done(new Error('not open'));
    if (action.do === 'send') socket.send(action.data, { binary: action.binary, fin: action.fin }, done);
    else socket[action.do](action.data, undefined, done);
    if (socket.bufferedAmount > UNCOUNTED_BYTES) held.set(holder, socket.bufferedAmount);
  }

  function act(action: PeerAction): void {
    switch (action.do) {
      case 'send':
      case 'ping':
      case 'pong':
        return void send(action);
      case 'close':
        return void socket.close(action.code ?? undefined, action.reason);
      case 'terminate':
        return void socket.terminate();
      case 'pause':
        paused = true;
        return void socket.pause();
      case 'resume':
        paused = false;
        if (!inbox.full) socket.resume();
    }
  }

  return {
    act(action) {
      try {
        act(action);
      } catch {
        // What `ws` does not take has been refused in the thread; a script that got past that loses its client.
        socket.terminate();
      }
    },
    handledOne() {
      inboxes.handled(inbox);
      if (socket.isPaused && !paused && !inbox.full) socket.resume();
    },
    opened(stream) {
      const incoming = countUnfinished(stream, held);
      socket.on('message', () => incoming.whole());
      stream.on('drain', () => held.set(holder, 0));
      stream.once('close', () => {
        held.set(holder, 0);
        inbox.close();
      });
    },
    end: (code, reason) =>
      new Promise((resolve) => {
        if (socket.readyState === socket.CLOSED) return resolve();
        socket.once('close', () => resolve());
        socket.close(code, reason);
      }),
    terminate: () => socket.terminate(),
  };
}

/** In a buffer of their own: whoever posts a view posts all of the buffer behind it, which is all that came at once. */
function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  return new Uint8Array(Array.isArray(data) ? Buffer.concat(data) : data);
}
