// The host's hold on one thread of learners' servers: what goes in and out, and the end of a thread that a server keeps busy past its time.
import { Worker } from 'node:worker_threads';
import { GRACE_MS, THREAD_STACK_MIB } from '../../gatewayscript/limits.ts';
import { startKillTimer } from '../../gatewayscript/pool/kill-timer.ts';
import type { ScriptError } from '../../gatewayscript/types.ts';
import { SERVER_THREAD_HEAP_MIB, type ThreadLimits, WALL_FACTOR } from './limits.ts';
import type { FromThread, ToThread } from './messages.ts';
import { createTurnFlag, currentTurn } from './turn-flag.ts';
import type { ServerGuestSource } from './worker/guest.ts';
import type { ThreadStart } from './worker/worker.ts';

/** What one server's owner hears of it. */
export interface ServerListener {
  message(message: FromThread): void;
  /** The thread is gone; `error` is what this server did to it, `null` where another did. */
  lost(error: ScriptError | null): void;
}

export interface ServerThread {
  /** Servers in it. */
  readonly servers: number;
  readonly gone: boolean;
  add(server: number, listener: ServerListener): void;
  remove(server: number): void;
  post(message: ToThread): void;
  terminate(): Promise<void>;
}

export interface ThreadSource {
  workerCode: string;
  guest: ServerGuestSource;
  limits: ThreadLimits;
}

/** Milliseconds between looks at whose turn it is. */
const LOOK_MS = 50;

export function startServerThread(
  { workerCode, guest, limits }: ThreadSource,
  onFault: (reason: string) => void,
): ServerThread {
  const turnFlag = createTurnFlag();
  const start: ThreadStart = { guest, limits, turnFlag };
  const listeners = new Map<number, ServerListener>();
  const thread = new Worker(workerCode, {
    eval: true,
    workerData: start,
    env: {},
    execArgv: [],
    // The engine writes there when its memory is at its end: that is told as the server's crash.
    stderr: true,
    resourceLimits: {
      stackSizeMb: THREAD_STACK_MIB,
      maxOldGenerationSizeMb: SERVER_THREAD_HEAP_MIB,
      maxYoungGenerationSizeMb: 8,
    },
  });
  thread.stderr.resume();
  thread.unref();
  let gone = false;
  let stopping = false;
  let culprit: number | null = null;

  function end(reason: string): void {
    if (gone) return;
    gone = true;
    clearInterval(looking);
    stopWatch?.();
    if (culprit === null && !stopping) onFault(reason);
    const lost = [...listeners];
    listeners.clear();
    for (const [server, listener] of lost)
      listener.lost(server === culprit ? stuck(limits.SERVER_EVENT_MS) : null);
    void thread.terminate();
  }

  let watched: number | undefined;
  let stopWatch: (() => void) | undefined;
  const cpuMs = limits.SERVER_EVENT_MS + GRACE_MS;

  /** A turn that is still the same at the next look is watched, and its thread ended when it is past its time. */
  function look(): void {
    const now = currentTurn(turnFlag);
    if (now?.turn === watched) return;
    stopWatch?.();
    stopWatch = undefined;
    watched = now?.turn;
    if (!now) return;
    const before = thread.cpuUsage();
    stopWatch = startKillTimer({
      cpuMs,
      wallMs: limits.SERVER_EVENT_MS * WALL_FACTOR + GRACE_MS,
      async usedCpuMs() {
        const { user, system } = await thread.cpuUsage(await before);
        return (user + system) / 1_000;
      },
      kill() {
        if (currentTurn(turnFlag)?.turn !== now.turn) return;
        culprit = now.server;
        end('a server did not end its turn');
      },
    });
    before.catch(() => {});
  }
  const looking = setInterval(look, LOOK_MS).unref();

  thread.on('message', (message: FromThread) => {
    if (message.type === 'ready') return;
    if (message.type === 'fault') onFault(message.reason);
    listeners.get(message.server)?.message(message);
  });
  thread.on('messageerror', (error) => end(`a message could not be read: ${error.message}`));
  thread.on('error', (error) => end(error instanceof Error ? error.message : String(error)));
  thread.on('exit', (code) => end(`the thread ended with ${code}`));

  return {
    get servers() {
      return listeners.size;
    },
    get gone() {
      return gone;
    },
    add: (server, listener) => void listeners.set(server, listener),
    remove(server) {
      listeners.delete(server);
      thread.postMessage({ type: 'end', server } satisfies ToThread);
    },
    post: (message) => thread.postMessage(message),
    async terminate() {
      stopping = true;
      end('the lab stops');
      await thread.terminate();
    },
  };
}

function stuck(eventMs: number): ScriptError {
  return {
    name: 'Error',
    message: `one event took more than ${eventMs} ms of processor time in a single step of the engine, and the server was stopped`,
    line: null,
    column: null,
  };
}
