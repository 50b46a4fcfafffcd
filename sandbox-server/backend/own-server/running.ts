// One learner's server while it runs: its sockets on this side, its script in a thread, and the end that either comes to.
import type { Duplex } from 'node:stream';
import type { HeldBytes } from '../../gateway/held-bytes.ts';
import type { ScriptError } from '../../gatewayscript/types.ts';
import { createFront } from './front.ts';
import type { LabTime } from './lab-time.ts';
import type { FromThread } from './messages.ts';
import type { Reach } from './outgoing.ts';
import type { ServerThread } from './thread.ts';

/** How a server ended that nobody stopped. */
export type ServerDeath =
  | { by: 'crash'; error: ScriptError }
  /** Its script has nothing left to do. */
  | { by: 'end' }
  /** Another server has taken the thread with it. */
  | { by: 'lost' };

export interface RunningServer {
  readonly listening: boolean;
  connections(): number;
  accept(stream: Duplex): void;
  /** Ends it and tells its clients that code; `null` for no word, as when a process dies. */
  stop(code: number | null, reason: string): Promise<void>;
}

/** `null` where it runs; else what was wrong, and `compiled` says whether anything of it has run. */
export type Start =
  | { server: RunningServer; error: null }
  | { server: null; error: ScriptError; compiled: boolean };

export interface ServerJob {
  script: string;
  port: number;
  onConsole(level: 'log' | 'error', text: string): void;
  /** The servers that it may connect to. */
  reach: Reach;
  /** Of a check; else the clock's. */
  time?: LabTime | undefined;
  /** After it has started, once. */
  onDeath(death: ServerDeath): void;
}

export interface StartOptions {
  id: number;
  thread: ServerThread;
  maxClients: number;
  maxMessageBytes: number;
  held: HeldBytes;
  /** It is no more, however it ended. */
  onGone(): void;
  /** It has brought its thread to a stand. */
  onStuck(): void;
}

const CRASHED = 'The server has crashed';
const RESTARTS = 'The server restarts';

/** Resolves when the script's first turn is over. */
export function startServer(job: ServerJob, options: StartOptions): Promise<Start> {
  const { id, thread, onGone } = options;
  const started = Promise.withResolvers<Start>();
  let state: 'starting' | 'running' | 'over' = 'starting';
  const front = createFront({
    ...options,
    onConsole: job.onConsole,
    reach: job.reach,
    tell: (event) => thread.post({ type: 'event', server: id, event }),
    written: (client, failed) => thread.post({ type: 'written', server: id, client, count: 1, failed }),
  });

  async function end(code: number | null, reason: string): Promise<void> {
    state = 'over';
    paced?.leave();
    thread.remove(id);
    onGone();
    await front.end(code, reason);
  }

  function die(death: ServerDeath, compiled = true): void {
    if (state === 'over') return;
    const before = state;
    void end(death.by === 'crash' ? 1011 : 1012, death.by === 'crash' ? CRASHED : RESTARTS);
    if (before === 'running') job.onDeath(death);
    else started.resolve({ server: null, error: errorOf(death, job.port), compiled });
  }

  thread.add(id, {
    message(message: FromThread) {
      if (message.type === 'beaten') return paced?.answered();
      if (state === 'over') return;
      if (message.type === 'turn') front.act(message.actions, message.handled);
      if (message.type === 'refused') die({ by: 'crash', error: message.error }, false);
      if (message.type === 'ended')
        die(message.error ? { by: 'crash', error: message.error } : { by: 'end' });
      if (message.type !== 'started') return;
      state = 'running';
      started.resolve({ server, error: null });
    },
    lost(error) {
      if (error) options.onStuck();
      else job.time?.spoil();
      die(error ? { by: 'crash', error } : { by: 'lost' });
    },
  });
  const server: RunningServer = {
    get listening() {
      return front.listening;
    },
    connections: front.connections,
    accept: front.accept,
    stop: end,
  };
  thread.post({
    type: 'start',
    server: id,
    script: job.script,
    port: job.port,
    time: job.time?.now() ?? null,
  });
  const paced = job.time?.join({ beat: (now) => thread.post({ type: 'beat', server: id, now }) });
  return started.promise;
}

/** Of a server that died before it had started. */
function errorOf(death: ServerDeath, port: number): ScriptError {
  if (death.by === 'crash') return death.error;
  return death.by === 'end' ? silent(port) : lost();
}

function silent(port: number): ScriptError {
  const message = `the script has ended: it neither listens nor connects, and no timer runs; a server needs new WebSocketServer({ port: ${port} })`;
  return { name: 'Error', message, line: null, column: null };
}

function lost(): ScriptError {
  return {
    name: 'Error',
    message: 'its thread was ended by another server; start it again',
    line: null,
    column: null,
  };
}
