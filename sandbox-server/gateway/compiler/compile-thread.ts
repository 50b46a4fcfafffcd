// The host's hold on the thread that compiles: one text at a time, each within its time; a thread that has ended once compiles no more.
import { Worker } from 'node:worker_threads';
import { startKillTimer } from '../../gatewayscript/pool/kill-timer.ts';
import type { RuleSettings } from '../definition/rule.ts';
import type { CompileAnswer, Compiled, CompileJob } from './compile-worker.ts';

/** How a job ended: with the thread's answer, or with the thread. */
export type CompileEnd =
  | { by: 'answer'; compiled: Compiled }
  | { by: 'deadline' }
  /** The machine was too busy to bring the thread up: nobody's fault, and worth another try. */
  | { by: 'start' }
  | { by: 'failure'; reason: string };

export interface CompileThread {
  /** One at a time; waits for a thread that is still coming up. Never rejects. */
  compile(job: CompileJob): Promise<CompileEnd>;
  terminate(): Promise<void>;
}

/** Milliseconds that a thread has to come up, which are not its first text's own. */
const START_MS = 10_000;
/** MiB of its heap; 48 are enough for the costliest text. */
const HEAP_MIB = 256;
/** Milliseconds on the clock that a text has beyond its processor time, for a thread that gets no turn on a busy machine, or hangs. */
const WAIT_MS = 8_000;

/** `deadlineMs` is processor time: on a busy machine a text must not fail for the others' work. The thread keeps no process alive. */
export function startCompileThread(
  deadlineMs: number,
  settings: RuleSettings,
  { heapMib = HEAP_MIB, startMs = START_MS } = {},
): CompileThread {
  const thread = new Worker(new URL('./compile-worker.ts', import.meta.url), {
    workerData: settings,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMib },
  });
  const starting = Promise.withResolvers<void>();
  let finish: ((end: CompileEnd) => void) | null = null;
  let over: CompileEnd | null = null;
  /** Processor time of the thread when it last fell idle. */
  let idleSince: NodeJS.CpuUsage | undefined;
  const startTimer = setTimeout(() => gone({ by: 'start' }), startMs);

  function end(how: CompileEnd): void {
    finish?.(how);
    finish = null;
  }

  function gone(how: CompileEnd): void {
    over ??= how;
    clearTimeout(startTimer);
    starting.resolve();
    end(over);
    void thread.terminate();
  }

  async function usedCpuMs(): Promise<number> {
    const { user, system } = await thread.cpuUsage(idleSince);
    return (user + system) / 1_000;
  }

  thread.on('message', (message: CompileAnswer) => {
    idleSince = message.cpu;
    if (message.type === 'compiled') return end({ by: 'answer', compiled: message.compiled });
    clearTimeout(startTimer);
    starting.resolve();
  });
  thread.on('messageerror', ({ message }) => gone({ by: 'failure', reason: message }));
  thread.on('error', (error) => gone({ by: 'failure', reason: String(error.message ?? error) }));
  thread.on('exit', (code) => gone({ by: 'failure', reason: `the thread ended with ${code}` }));
  // After the listeners, the first of which would hold the process again.
  thread.unref();

  return {
    async compile(job) {
      await starting.promise;
      if (over) return over;
      const ended = Promise.withResolvers<CompileEnd>();
      finish = ended.resolve;
      const stopWatch = startKillTimer({
        cpuMs: deadlineMs,
        wallMs: deadlineMs + WAIT_MS,
        usedCpuMs,
        kill: () => gone({ by: 'deadline' }),
      });
      thread.postMessage(job);
      const how = await ended.promise;
      stopWatch();
      return how;
    },
    async terminate() {
      await thread.terminate();
    },
  };
}
