// One learner's server in its thread: turn by turn an event or a timer, each within its time, until the script fails or has nothing left.
import { createEventBudget } from '../../../gateway/event-budget.ts';
import { createTimers } from '../../../gatewayscript/host/timers.ts';
import { endlessLoopAt } from '../../../gatewayscript/language/endless-loop.ts';
import { type RunTime, startRunTime } from '../../../gatewayscript/pool/run-time.ts';
import { named } from '../../../gatewayscript/pool/thrown-error.ts';
import type { ScriptError } from '../../../gatewayscript/types.ts';
import { CONSOLE_LINE_CHARS, type ThreadLimits, WALL_FACTOR } from '../limits.ts';
import type { Action, ClientEvent, ServerEnd } from '../messages.ts';
import { createClients } from './clients.ts';
import type { ServerGuest, ServerHost, ServerStep } from './guest.ts';
import { answerServerCall, type ServerSide } from './host-calls.ts';
import type { ServerScript } from './script.ts';

/** What a turn left: what to do, whose event it was, and the end where it was the last. */
export interface Turn {
  actions: Action[];
  handled: number | null;
  end: ServerEnd | null;
  /** An error of the lab's own, for the operator. */
  fault: string | null;
}

export interface ThreadServer {
  /** The script's own turn. */
  start(): Turn;
  push(event: ClientEvent): void;
  written(client: number, count: number, failed: boolean): void;
  /** When it has something to do, in milliseconds of its time; `null` where it waits for events only. */
  dueAt(): number | null;
  turn(): Turn;
}

export interface ThreadServerOptions {
  script: Extract<ServerScript, { error: null }>;
  port: number;
  limits: ThreadLimits;
  /** In which its script lives, in milliseconds; never runs backwards. */
  now(): number;
  makeGuest(host: ServerHost): Promise<ServerGuest>;
}

export async function createThreadServer(options: ThreadServerOptions): Promise<ThreadServer> {
  const { script, port, limits, now, makeGuest } = options;
  const startedAt = now();
  const lines = createEventBudget(limits.SERVER_CONSOLE_LINES_PER_SECOND);
  const timers = createTimers(now, limits.SERVER_MAX_TIMERS);
  let time: RunTime | null = null;
  /** Why the server has to end, whatever its script does. */
  let doom: ScriptError | null = null;

  const clients = createClients({
    now,
    clientBytes: limits.SERVER_CLIENT_QUEUE_BYTES,
    serverBytes: limits.SERVER_QUEUE_BYTES,
    maxOutgoing: limits.SERVER_MAX_OUTGOING,
    connectsPerSecond: limits.SERVER_CONNECTS_PER_SECOND,
    onFull() {
      doom ??= failure(`more than ${limits.SERVER_QUEUE_BYTES} bytes waited for its clients`);
    },
    onCut() {
      say(
        'error',
        `A client was cut off: more than ${limits.SERVER_CLIENT_QUEUE_BYTES} bytes waited for it.`,
      );
    },
  });

  function say(level: 'log' | 'error', text: string): void {
    const { allowed, missed } = lines.take();
    const perSecond = limits.SERVER_CONSOLE_LINES_PER_SECOND;
    if (missed > 0)
      write('error', `${missed} lines came faster than ${perSecond} a second and are not shown.`);
    if (allowed) write(level, text);
  }
  function write(level: 'log' | 'error', text: string): void {
    const shown = text.length > CONSOLE_LINE_CHARS ? `${text.slice(0, CONSOLE_LINE_CHARS)}…` : text;
    clients.act({ do: 'console', level, text: shown });
  }

  const side: ServerSide = {
    port,
    clients,
    timers,
    console: say,
    uptime: () => (now() - startedAt) / 1000,
    exit(code, line, column) {
      doom ??= {
        name: 'Exit',
        message: `the script called process.exit(${code})`,
        line,
        column: inScript(line, column),
      };
    },
  };
  let fault: Error | null = null;
  const guest = await makeGuest({
    call(callJson) {
      try {
        return answerServerCall(side, callJson);
      } catch (error) {
        fault ??= error instanceof Error ? error : new Error(String(error));
        throw error;
      }
    },
    interrupted: () => doom !== null || fault !== null || (time?.over() ?? null) !== null,
  });

  function inScript(line: number | null, column: number | null): number | null {
    return line === 1 && column !== null ? Math.max(1, column - script.opening) : column;
  }

  /** With the place in the learner's file. */
  function placed(error: ScriptError): ScriptError {
    return { ...error, column: inScript(error.line, error.column) };
  }

  function timeError(error: ScriptError | null): ScriptError {
    const { line = null, column = null } = error ?? {};
    const at = line === null || column === null ? null : endlessLoopAt(script.code, { line, column });
    const cpuMs = limits.SERVER_EVENT_MS;
    const limit = time?.over() === 'wallMs' ? `${cpuMs * WALL_FACTOR} ms` : `${cpuMs} ms of processor time`;
    const told = failure(`one event took more than ${limit}, and the server was stopped`);
    return placed({ ...told, line: at?.line ?? line, column: at?.column ?? column });
  }

  /** What ends the server, of what a step came to. */
  function errorOf(step: ServerStep): ScriptError | null {
    const error = step.threw ? step.error : null;
    if (fault)
      return placed({ ...failure(STRANGE), line: error?.line ?? null, column: error?.column ?? null });
    if (doom)
      return {
        ...doom,
        line: doom.line ?? error?.line ?? null,
        column: doom.column ?? placed(error ?? doom).column,
      };
    if (!step.threw) return null;
    if (time?.over()) return timeError(error);
    if (guest.memoryExhausted && isMemoryError(error))
      return placed({
        ...memoryError(limits.SERVER_MEMORY_MIB),
        line: error?.line ?? null,
        column: error?.column ?? null,
      });
    return error ? placed(named(script.code, error)) : failure('a value that cannot be shown was thrown');
  }

  function drive(first: () => ServerStep, isStart: boolean): ScriptError | null {
    try {
      let step = first();
      if (!step.threw) step = guest.settle();
      const rejected = step.threw ? null : guest.unhandledRejection();
      if (rejected)
        // A module is a function that promises: what it throws is its own.
        step = {
          threw: true,
          error: isStart
            ? rejected
            : { ...rejected, message: `unhandled promise rejection: ${rejected.message}` },
        };
      return errorOf(step);
    } catch (error) {
      // The engine itself was torn off: of no more use, whatever it was.
      if (fault) return failure(STRANGE);
      if (guest.memoryExhausted) return memoryError(limits.SERVER_MEMORY_MIB);
      if (error instanceof RangeError)
        return { ...failure('Maximum call stack size exceeded'), name: 'RangeError' };
      fault = error instanceof Error ? error : new Error(String(error));
      return failure('the engine that ran this server failed');
    }
  }

  function turnOf(handled: number | null, first: () => ServerStep, isStart = false): Turn {
    const cpuMs = limits.SERVER_EVENT_MS;
    time = startRunTime({ cpuMs, wallMs: cpuMs * WALL_FACTOR });
    clients.beginTurn();
    const error = drive(first, isStart);
    time = null;
    const idle = !clients.listening && clients.count() === 0 && clients.waiting() === 0 && !timers.next();
    const end = error ? { error } : idle ? { error: null } : null;
    return { actions: clients.takeActions(), handled, end, fault: fault?.message ?? null };
  }

  return {
    start: () => turnOf(null, () => guest.run(script.code), true),
    push: (event) => clients.push(event),
    written: (client, count, failed) => clients.written(client, count, failed),
    dueAt: () => (clients.waiting() > 0 ? 0 : (timers.next()?.dueAt ?? null)),
    turn() {
      const timer = timers.next();
      // Whichever came first, so that timers without end keep no client waiting, and a late thread drops nobody whose answer was in time.
      const cameAt = clients.waitingSince() ?? Number.POSITIVE_INFINITY;
      if (timer && timer.dueAt <= now() && timer.dueAt < cameAt) {
        timers.taken(timer.id);
        return turnOf(null, () => guest.fire(timer.id));
      }
      const waits = clients.next();
      return turnOf(clients.handled(), () => (waits ? guest.fire(0) : { threw: false }));
    },
  };
}

const STRANGE = 'the server was stopped: it asked of the lab what no server can';

function failure(message: string): ScriptError {
  return { name: 'Error', message, line: null, column: null };
}

/** QuickJS throws an error of that text, or `null` when there was no memory left for one. */
function isMemoryError(error: ScriptError | null): boolean {
  return error === null || error.message === 'out of memory' || error.message === 'thrown: null';
}

function memoryError(mib: number): ScriptError {
  return { ...failure(`the server used up its ${mib} MiB of memory and was stopped`), name: 'RangeError' };
}
