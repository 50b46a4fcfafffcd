// What is deployed to one port of a sandbox: a script, and the server that runs it, now, or again with its next client.
import type { Duplex } from 'node:stream';
import type { ServerEvent } from '../../gateway/events.ts';
import type { ScriptError } from '../../gatewayscript/types.ts';
import { refusedConnection } from '../refused.ts';
import type { LabTime } from './lab-time.ts';
import type { Reach } from './outgoing.ts';
import type { PooledJob, ServerPool } from './pool.ts';
import type { RunningServer, ServerDeath } from './running.ts';

export interface ServerInfo {
  port: number;
  /** `resting`: it starts with its next client. `ended`: its script had nothing left to do. */
  state: 'running' | 'resting' | 'crashed' | 'ended';
  /** Open connections to it. */
  clients: number;
  /** Why it crashed. */
  error: ScriptError | null;
}

/** `null` where it runs now; else what was wrong, and nothing has changed. */
export type Refusal = { error: ScriptError; compiled: boolean } | null;

/** How a server ended that somebody sits before. */
export type ServerEnd =
  | { how: 'crashed'; error: ScriptError }
  /** `ended`: its script had nothing left to do. */
  | { how: 'ended' | 'replaced' | 'stopped' };

/** Who has started a server in a terminal, and sits before it. */
export interface Foreground {
  console(level: 'log' | 'error', text: string): void;
  /** Once. Not when it rests: it starts again with its next client. */
  ended(end: ServerEnd): void;
}

export interface DeployedServer {
  /** Starts the script, and then ends the one that ran before. Rejects with `ServersFull`. */
  deploy(script: string, foreground?: Foreground | null): Promise<Refusal>;
  /** The script that was deployed last; `null` before the first. */
  readonly script: string | null;
  /** Serves a byte stream. Throws `ECONNREFUSED` where nothing listens. */
  accept(stream: Duplex): void;
  info(): ServerInfo;
  /** Ends it for good; its clients are told that code, or see it die (`null`). */
  stop(reason: string, code: 1001 | null): Promise<void>;
}

export interface DeployedOptions {
  port: number;
  /** As it was kept; `null` before the first deployment. */
  script: string | null;
  pool: ServerPool;
  /** The same for all servers of a sandbox. */
  owner: object;
  /** What its script may connect to. */
  reach: Reach;
  /** Of a check; else the clock's. */
  time?: LabTime | undefined;
  tell(event: ServerEvent): void;
}

type State =
  | { is: 'running'; server: RunningServer }
  | { is: 'resting' | 'ended' }
  | { is: 'crashed'; error: ScriptError };

export function createDeployedServer({
  port,
  pool,
  owner,
  reach,
  time,
  tell,
  ...kept
}: DeployedOptions): DeployedServer {
  let { script } = kept;
  let state: State = { is: 'resting' };
  /** One start after the other, so that the last deployment is the one that stays. */
  let starting: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let sitting: Foreground | null = null;

  const stoppedEvent = (reason: string) => tell({ type: 'server-stopped', port, reason });

  function leave(end: ServerEnd): void {
    sitting?.ended(end);
    sitting = null;
  }

  function job(text: string, foreground: Foreground | null): PooledJob {
    return {
      script: text,
      port,
      owner,
      reach,
      time,
      replaces: state.is === 'running',
      onConsole(level, line) {
        tell({ type: 'server-console', port, level, text: line });
        foreground?.console(level, line);
      },
      onDeath: died,
      rest() {
        // One that is examined would have forgotten all when it starts again.
        if (time || state.is !== 'running' || state.server.connections() > 0) return false;
        void state.server.stop(1001, 'The server rests');
        state = { is: 'resting' };
        stoppedEvent('Others needed the room, and it had no client. It starts again with its next one.');
        return true;
      },
    };
  }

  function died(death: ServerDeath): void {
    if (death.by === 'crash') return void crashed(death.error);
    state = { is: death.by === 'end' ? 'ended' : 'resting' };
    stoppedEvent(
      death.by === 'end'
        ? 'Its script has nothing left to do: it listens no more, and no timer runs.'
        : 'Another server took the thread of both with it. It starts again with its next client.',
    );
    if (death.by === 'end') leave({ how: 'ended' });
  }

  function crashed(error: ScriptError): void {
    state = { is: 'crashed', error };
    const { name, message, line, column } = error;
    tell({ type: 'server-crashed', port, message: `${name}: ${message}`, line, column });
    leave({ how: 'crashed', error });
  }

  async function start(text: string, foreground: Foreground | null): Promise<Refusal> {
    const { server, ...refusal } = await pool.start(job(text, foreground));
    if (!server) return refusal.error ? { error: refusal.error, compiled: refusal.compiled } : null;
    if (stopped) {
      foreground?.ended({ how: 'stopped' });
      await server.stop(1001, 'The server is stopped');
      return null;
    }
    if (state.is === 'running') {
      stoppedEvent('A new deployment takes its place. Its clients are told 1012.');
      void state.server.stop(1012, 'The server restarts');
    }
    if (sitting !== foreground) leave({ how: 'replaced' });
    sitting = foreground;
    state = { is: 'running', server };
    tell({ type: 'server-started', port });
    return null;
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = starting.then(work);
    starting = done.catch(() => {});
    return done;
  }

  /** For a client of a server that rests. */
  async function wake(): Promise<void> {
    if (state.is !== 'resting' || script === null) return;
    const refusal = await start(script, sitting);
    if (refusal) crashed(refusal.error);
  }

  function acceptNow(stream: Duplex): void {
    if (state.is === 'running' && state.server.listening) state.server.accept(stream);
    else {
      const why =
        state.is === 'crashed' ? 'has a server that has crashed' : 'has a server that does not listen';
      throw refusedConnection(port, why);
    }
  }

  return {
    get script() {
      return script;
    },
    deploy: (text, foreground = null) =>
      inTurn(async () => {
        const refusal = await start(text, foreground);
        if (!refusal) script = text;
        return refusal;
      }),
    accept(stream) {
      if (state.is !== 'resting') return acceptNow(stream);
      inTurn(wake)
        .then(
          () => acceptNow(stream),
          () => stream.destroy(),
        )
        .catch(() => stream.destroy());
    },
    info: () => ({
      port,
      state: state.is,
      clients: state.is === 'running' ? state.server.connections() : 0,
      error: state.is === 'crashed' ? state.error : null,
    }),
    async stop(reason, code) {
      stopped = true;
      leave({ how: 'stopped' });
      const before = state;
      state = { is: 'ended' };
      if (before.is !== 'running') return;
      stoppedEvent(reason);
      await before.server.stop(code, 'The server is stopped');
    },
  };
}
