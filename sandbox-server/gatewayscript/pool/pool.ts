// The workers and the queue before them: who runs, who waits, who is refused, and whose older run gives way.
import { EngineBusy, type ScriptJob } from '../types.ts';
import { createWaitingLine, SOURCE_SHARE } from './waiting-line.ts';
import type { JobEnd, WorkerThread } from './worker-thread.ts';

export interface PoolStats {
  workers: number;
  idle: number;
  running: number;
  queued: number;
  refused: number;
  workersReplaced: number;
}

/** What became of a job: how its worker ended it, or that it never started as a newer one took its place. */
export type PoolEnd = JobEnd | { by: 'replacement' };

export interface Pool {
  /** Throws `EngineBusy` when the queue is full; the job then has left no trace. */
  run(job: ScriptJob): Promise<PoolEnd>;
  stats(): PoolStats;
  close(): Promise<void>;
}

interface Ticket {
  job: ScriptJob;
  /** The thread that runs it; `null` while it waits. */
  thread: WorkerThread | null;
  /** A newer job of its learner is there. */
  replaced: boolean;
  end(how: PoolEnd): void;
}

export interface PoolOptions {
  workers: number;
  queue: number;
  /** Milliseconds until a thread that could not come up is tried again. */
  retryMs: number;
  startThread(): WorkerThread;
  /** A thread that could not come up. */
  onStartFailure(error: unknown): void;
}

const sourceOf = ({ source = '' }: ScriptJob) => source;

export function createPool(options: PoolOptions): Pool {
  const threads = new Set<WorkerThread>();
  const idle: WorkerThread[] = [];
  const waiting = createWaitingLine<Ticket>();
  const byLearner = new Map<string, Ticket>();
  const retries = new Set<NodeJS.Timeout>();
  let running = 0;
  let refused = 0;
  let workersReplaced = 0;
  let closed = false;

  function addThread(): void {
    if (closed) return;
    const thread = options.startThread();
    threads.add(thread);
    thread.ready.then(
      () => release(thread),
      (error) => {
        threads.delete(thread);
        if (closed) return;
        options.onStartFailure(error);
        const retry = setTimeout(() => {
          retries.delete(retry);
          addThread();
        }, options.retryMs);
        retries.add(retry);
      },
    );
  }

  function release(thread: WorkerThread): void {
    const next = waiting.shift();
    if (next) void start(next, thread);
    else idle.push(thread);
  }

  function replace(thread: WorkerThread): void {
    threads.delete(thread);
    void thread.terminate();
    workersReplaced += 1;
    addThread();
  }

  async function start(ticket: Ticket, thread: WorkerThread): Promise<void> {
    ticket.thread = thread;
    running += 1;
    const end = await thread.run(ticket.job);
    running -= 1;
    if (end.by === 'answer' && !end.worn) release(thread);
    else replace(thread);
    finish(ticket, end.by === 'kill' && ticket.replaced ? { by: 'replacement' } : end);
  }

  function finish(ticket: Ticket, end: PoolEnd): void {
    const { learner } = ticket.job;
    if (learner !== undefined && byLearner.get(learner) === ticket) byLearner.delete(learner);
    ticket.end(end);
  }

  /** Takes the learner's older job out of the queue, or asks its worker to stop. */
  function giveWay(older: Ticket): void {
    older.replaced = true;
    if (older.thread) {
      older.thread.stop();
      return;
    }
    waiting.remove(sourceOf(older.job), older);
    finish(older, { by: 'replacement' });
  }

  for (let i = 0; i < options.workers; i += 1) addThread();

  return {
    run(job) {
      const older = job.learner === undefined ? undefined : byLearner.get(job.learner);
      const thread = idle.pop();
      // Refuse before anything is taken or stopped: a refusal must leave every count as it was.
      if (!thread) {
        const freed = older && !older.thread ? 1 : 0;
        const places = options.queue - waiting.length + freed;
        const own = Math.ceil(options.queue * SOURCE_SHARE) - waiting.lengthOf(sourceOf(job)) + freed;
        if (places <= 0 || own <= 0 || closed) {
          refused += 1;
          throw new EngineBusy(1);
        }
      }
      return new Promise((resolve) => {
        const ticket: Ticket = { job, thread: null, replaced: false, end: resolve };
        if (older) giveWay(older);
        if (job.learner !== undefined) byLearner.set(job.learner, ticket);
        if (thread) void start(ticket, thread);
        else waiting.push(sourceOf(job), ticket);
      });
    },

    stats: () => ({
      workers: threads.size,
      idle: idle.length,
      running,
      queued: waiting.length,
      refused,
      workersReplaced,
    }),

    async close() {
      closed = true;
      for (const retry of retries) clearTimeout(retry);
      idle.length = 0;
      for (const ticket of waiting.clear()) finish(ticket, { by: 'kill', limit: null });
      await Promise.all([...threads].map((thread) => thread.terminate()));
      threads.clear();
    },
  };
}
