// The host's hold on one worker thread: start it, give it a job, stop it politely, then by force.
import { MessageChannel, Worker } from 'node:worker_threads';
import { GRACE_MS, type RunLimits, START_MS, THREAD_HEAP_MIB, THREAD_STACK_MIB } from '../limits.ts';
import type { ScriptJob, ScriptResult } from '../types.ts';
import type { GuestSource } from '../vm/guest.ts';
import { startKillTimer } from './kill-timer.ts';
import type { TimeLimit } from './run-time.ts';
import { clearStop, createStopFlag, requestStop, tellNews } from './stop-signal.ts';
import { createTargetDesk } from './target-desk.ts';
import type { WorkerAnswer, WorkerStart } from './worker.ts';
import { type WorkerResult, wholeResult } from './worker-result.ts';

/** How a job ended: with the worker's answer, or with the thread's end. */
export type JobEnd = { by: 'answer'; result: ScriptResult; worn: boolean } | Lost;

type ThreadEnd = { by: 'answer'; result: WorkerResult; worn: boolean } | Lost;

type Lost =
  /** `limit` is the time that was over; `null` where the run had to go for another reason. */
  { by: 'kill'; limit: TimeLimit | null } | { by: 'crash'; reason: string; outOfMemory: boolean };

export interface WorkerThread {
  /** Resolves when the thread can take jobs; rejects when it cannot come up. */
  readonly ready: Promise<void>;
  /** One at a time. Never rejects. */
  run(job: ScriptJob): Promise<JobEnd>;
  /** Asks the running job to stop; it is killed if it has not within the grace time. */
  stop(): void;
  terminate(): Promise<void>;
}

/** What all threads of an engine start with. */
export interface ThreadSource {
  workerCode: string;
  guest: GuestSource;
  limits: RunLimits;
}

/** A job is copied from thread to thread, which ends the stack where its variables are nested thousands of levels deep. */
const UNPOSTED: WorkerResult = {
  outcome: 'threw',
  left: null,
  console: [],
  trace: [],
  truncated: false,
  error: {
    name: 'RangeError',
    message: 'the message or a variable is nested too deep for a script to take',
    line: null,
    column: null,
  },
  durationMs: 0,
};

export function startWorkerThread({ workerCode, guest, limits }: ThreadSource): WorkerThread {
  const stopFlag = createStopFlag();
  const { port1, port2 } = new MessageChannel();
  const targets = createTargetDesk(port1, () => tellNews(stopFlag));
  const start: WorkerStart = { source: guest, limits, stopFlag, replies: port2 };
  const thread = new Worker(workerCode, {
    eval: true,
    workerData: start,
    transferList: [port2],
    env: {},
    execArgv: [],
    resourceLimits: {
      stackSizeMb: THREAD_STACK_MIB,
      maxOldGenerationSizeMb: THREAD_HEAP_MIB,
      maxYoungGenerationSizeMb: 2,
    },
  });

  const starting = Promise.withResolvers<void>();
  // Who waits for it sees the failure; nobody waiting is no fault of its own.
  starting.promise.catch(() => {});
  let finish: ((end: ThreadEnd) => void) | null = null;
  let stopWatch: (() => void) | undefined;
  let graceTimer: NodeJS.Timeout | undefined;
  let killed = false;
  let reached: TimeLimit | null = null;
  /** Processor time of the thread when it last fell idle. */
  let idleSince: NodeJS.CpuUsage | undefined;
  let over: Lost | null = null;
  const startTimer = setTimeout(() => gone(`no worker thread came up within ${START_MS} ms`), START_MS);

  function end(how: ThreadEnd): void {
    stopWatch?.();
    clearTimeout(graceTimer);
    targets.end();
    finish?.(how);
    finish = null;
  }

  function gone(reason: string, outOfMemory = false): void {
    clearTimeout(startTimer);
    starting.reject(new Error(reason));
    over ??= killed ? { by: 'kill', limit: reached } : { by: 'crash', reason, outOfMemory };
    end(over);
    port1.close();
    void thread.terminate();
  }

  function kill(limit: TimeLimit | null): void {
    killed = true;
    reached = limit;
    void thread.terminate();
  }

  async function usedCpuMs(): Promise<number> {
    const { user, system } = await thread.cpuUsage(idleSince);
    return (user + system) / 1000;
  }

  thread.on('message', (message: WorkerAnswer) => {
    // An answer and a kill can cross on a busy host: the answer counts, and the thread is of no more use.
    if (message.type === 'target-call') return void targets.answer(message);
    idleSince = message.cpu;
    if (message.type === 'result')
      return end({ by: 'answer', result: message.result, worn: message.worn || killed });
    clearTimeout(startTimer);
    starting.resolve();
  });
  thread.on('messageerror', (error) => gone(`the worker's answer could not be read: ${error.message}`));
  thread.on('error', (error: NodeJS.ErrnoException) =>
    gone(String(error.message ?? error), error.code === 'ERR_WORKER_OUT_OF_MEMORY'),
  );
  thread.on('exit', (code) => gone(`the worker thread ended with ${code}`));
  // After the listeners, since they make the thread keep the process alive again.
  thread.unref();

  return {
    ready: starting.promise,
    run(whole) {
      const { openTarget, ...job } = whole;
      // It ended while it had nothing to do, so nobody was told; no event would ever come again.
      if (over) return Promise.resolve(over);
      clearStop(stopFlag);
      return new Promise((resolve) => {
        finish = (end) =>
          resolve(end.by === 'answer' ? { ...end, result: wholeResult(end.result, whole) } : end);
        targets.begin(openTarget);
        stopWatch = startKillTimer({
          cpuMs: limits.cpuMs + GRACE_MS,
          wallMs: limits.wallMs + GRACE_MS,
          usedCpuMs,
          kill,
        });
        try {
          thread.postMessage(job);
          tellNews(stopFlag);
        } catch {
          end({ by: 'answer', result: UNPOSTED, worn: false });
        }
      });
    },
    stop() {
      // The answer may be here already, and the next job with it.
      if (!finish) return;
      requestStop(stopFlag);
      clearTimeout(graceTimer);
      graceTimer = setTimeout(kill, GRACE_MS, null);
    },
    async terminate() {
      clearTimeout(startTimer);
      killed = true;
      await thread.terminate();
    },
  };
}
