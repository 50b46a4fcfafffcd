// The engine: takes a script and a message, gives the message and a log; whatever the script does, the answer comes.
import type { EngineOptions } from './limits.ts';
import { endedResult } from './pool/ended-result.ts';
import { createPool, type Pool } from './pool/pool.ts';
import type { TimeLimits } from './pool/run-time.ts';
import { startWorkerThread, type ThreadSource } from './pool/worker-thread.ts';
import type { Engine, Outcome, ScriptJob } from './types.ts';
import { loadEngineCode } from './vm/load-source.ts';

/** Where faults of the engine itself go; pino's logger fits. */
export interface EngineLog {
  error(fields: object, message: string): void;
}

/** An engine that says when its code is loaded. */
export interface StartedEngine extends Engine {
  /** Rejects when the engine cannot work at all; `run` then rejects likewise. */
  readonly ready: Promise<void>;
}

const RETRY_MS = 1_000;

/** Starts the workers at once; jobs that come before they are up wait. `close` ends all threads. */
export function createEngine(options: EngineOptions, log?: EngineLog): StartedEngine {
  const runs: Record<Outcome, number> = {
    completed: 0,
    rejected: 0,
    threw: 0,
    'syntax-error': 0,
    interrupted: 0,
    'out-of-memory': 0,
  };
  let pool: Pool | null = null;
  let closed = false;

  const loading = threadSource(options).then((source) => {
    pool = createPool({
      workers: closed ? 0 : options.SCRIPT_WORKERS,
      queue: options.SCRIPT_QUEUE,
      retryMs: RETRY_MS,
      startThread: () => startWorkerThread(source),
      onStartFailure: (error) => log?.error({ err: error }, 'a script worker did not start'),
    });
    return pool;
  });
  const ready = loading.then(() => undefined);
  ready.catch((error) => log?.error({ err: error }, 'the script engine did not start'));

  return {
    ready,

    async run(job: ScriptJob) {
      const end = await (await loading).run(job);
      if (end.by === 'crash')
        log?.error({ reason: end.reason, scriptLength: job.script.length }, 'a script worker failed');
      const result = end.by === 'answer' ? end.result : endedResult(job, end, timeLimits(options));
      runs[result.outcome] += 1;
      return result;
    },

    stats() {
      const counts = pool?.stats() ?? {
        workers: 0,
        idle: 0,
        running: 0,
        queued: 0,
        refused: 0,
        workersReplaced: 0,
      };
      return { ...counts, runs: { ...runs } };
    },

    async close() {
      closed = true;
      await loading.then(
        (started) => started.close(),
        () => {},
      );
    },
  };
}

/** Wall time shorter than processor time would make the latter a dead letter. */
function timeLimits(options: EngineOptions): TimeLimits {
  const cpuMs = options.SCRIPT_DEADLINE_MS;
  return { cpuMs, wallMs: Math.max(cpuMs, options.SCRIPT_WALL_MS) };
}

async function threadSource(options: EngineOptions): Promise<ThreadSource> {
  const { workerCode, wasm, snapshot } = await loadEngineCode();
  return {
    workerCode,
    guest: { wasm, snapshot, memoryMib: options.SCRIPT_MEMORY_MIB },
    limits: {
      ...timeLimits(options),
      scriptBytes: options.SCRIPT_MAX_BYTES,
      consoleChars: options.CONSOLE_MAX_CHARS,
      entries: options.CONSOLE_MAX_ENTRIES,
    },
  };
}
