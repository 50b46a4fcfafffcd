// Who runs, who waits and who is refused, proved with threads that end when the test says so.
import { describe, expect, test } from 'vitest';
import { sampleJob } from '../sample-job.ts';
import { EngineBusy, type ScriptResult } from '../types.ts';
import { createPool } from './pool.ts';
import type { JobEnd, WorkerThread } from './worker-thread.ts';

interface FakeThread extends WorkerThread {
  scripts: string[];
  end(how: JobEnd): void;
  stopped: boolean;
  terminated: boolean;
}

const job = (script: string, learner?: string) => sampleJob(script, learner === undefined ? {} : { learner });
const { request: _request, script: _script, variables, message } = sampleJob('');
const result: ScriptResult = {
  outcome: 'completed',
  message,
  variables,
  console: [],
  trace: [],
  truncated: false,
  error: null,
  durationMs: 1,
};
const answered: JobEnd = { by: 'answer', result, worn: false };

function start(workers: number, queue: number, failures = 0) {
  const threads: FakeThread[] = [];
  const startErrors: unknown[] = [];
  let failuresLeft = failures;
  const pool = createPool({
    workers,
    queue,
    retryMs: 1,
    onStartFailure: (error) => startErrors.push(error),
    startThread() {
      let finish: ((end: JobEnd) => void) | undefined;
      const fails = failuresLeft > 0;
      failuresLeft -= 1;
      const thread: FakeThread = {
        ready: fails ? Promise.reject(new Error('no thread')) : Promise.resolve(),
        scripts: [],
        stopped: false,
        terminated: false,
        run({ script }) {
          thread.scripts.push(script);
          return new Promise((resolve) => {
            finish = resolve;
          });
        },
        end: (how) => finish?.(how),
        stop() {
          thread.stopped = true;
        },
        async terminate() {
          thread.terminated = true;
        },
      };
      threads.push(thread);
      return thread;
    },
  });
  const busyThread = (script: string) => {
    const thread = threads.find(({ scripts }) => scripts.at(-1) === script);
    if (!thread) throw new Error(`no thread has run ${script}`);
    return thread;
  };
  return {
    pool,
    threads,
    startErrors,
    end: (script: string, how: JobEnd) => busyThread(script).end(how),
    busyThread,
  };
}

/** Lets everything that is already decided happen. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a pool', () => {
  test('runs as many as it has workers, queues as many as it may, and refuses the rest with the time to come again', async () => {
    const { pool, end } = start(2, 3);
    await turn();
    const runs = ['a', 'b', 'c', 'd', 'e'].map((script) => pool.run(job(script)));
    expect(pool.stats()).toMatchObject({ running: 2, queued: 3, idle: 0 });
    expect(() => pool.run(job('f'))).toThrow(EngineBusy);
    expect(() => pool.run(job('f'))).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    // A refusal leaves every count as it was.
    expect(pool.stats()).toMatchObject({ running: 2, queued: 3, idle: 0, refused: 2 });
    for (const script of ['a', 'b', 'c', 'd', 'e']) {
      end(script, answered);
      await turn();
    }
    await Promise.all(runs);
    expect(pool.stats()).toMatchObject({ running: 0, queued: 0, idle: 2, workersReplaced: 0 });
  });

  test('serves another source next, however many jobs one source has brought, and keeps room for it', async () => {
    const { pool, end, busyThread } = start(1, 8);
    await turn();
    const flood = Array.from({ length: 7 }, (_, i) => pool.run({ ...job(`flood ${i}`), source: 'flood' }));
    expect(() => pool.run({ ...job('one more'), source: 'flood' })).toThrow(EngineBusy);
    void pool.run({ ...job('mine'), source: 'me' });
    end('flood 0', answered);
    await turn();
    end('flood 1', answered);
    await turn();
    expect(busyThread('mine').scripts.at(-1)).toBe('mine');
    await Promise.all(flood.slice(0, 2));
  });

  test('keeps the permit count through many rounds of refusal', async () => {
    const { pool, end } = start(1, 1);
    await turn();
    for (let round = 0; round < 50; round += 1) {
      const first = pool.run(job('x'));
      const second = pool.run(job('x'));
      expect(() => pool.run(job('x'))).toThrow(EngineBusy);
      end('x', answered);
      await first;
      await turn();
      end('x', answered);
      await second;
      expect(pool.stats()).toMatchObject({ workers: 1, idle: 1, running: 0, queued: 0, refused: round + 1 });
    }
  });

  test.each<[string, JobEnd]>([
    ['worn', { by: 'answer', result, worn: true }],
    ['killed', { by: 'kill', limit: null }],
    ['crashed', { by: 'crash', reason: 'x', outOfMemory: false }],
  ])('replaces a worker that is %s, and the next in the queue runs on the new one', async (_how, how) => {
    const { pool, threads, end } = start(1, 5);
    await turn();
    const first = pool.run(job('a'));
    const second = pool.run(job('b'));
    end('a', how);
    expect(await first).toEqual(how);
    await turn();
    expect(threads).toHaveLength(2);
    expect(threads[0]?.terminated).toBe(true);
    expect(threads[1]?.scripts).toEqual(['b']);
    end('b', answered);
    expect(await second).toEqual(answered);
    expect(pool.stats()).toMatchObject({ workers: 1, idle: 1, workersReplaced: 1 });
  });

  test('tries again when a thread does not come up', async () => {
    const { pool, startErrors } = start(1, 5, 3);
    await expect.poll(() => pool.stats().idle).toBe(1);
    expect(startErrors).toHaveLength(3);
  });

  test('ends what waits and what runs when it is closed, and takes nothing more', async () => {
    const { pool, threads, end } = start(1, 5);
    await turn();
    const running = pool.run(job('a'));
    const waiting = pool.run(job('b'));
    await pool.close();
    expect(await waiting).toEqual({ by: 'kill', limit: null });
    end('a', { by: 'kill', limit: null });
    expect(await running).toEqual({ by: 'kill', limit: null });
    expect(threads).toHaveLength(1);
    expect(() => pool.run(job('c'))).toThrow(EngineBusy);
  });
});

describe('a learner has one job at a time, and the newest wins:', () => {
  test('a waiting one leaves the queue', async () => {
    const { pool, end } = start(1, 2);
    await turn();
    void pool.run(job('other'));
    const older = pool.run(job('older', 'ann'));
    const newer = pool.run(job('newer', 'ann'));
    expect(await older).toEqual({ by: 'replacement' });
    expect(pool.stats().queued).toBe(1);
    end('other', answered);
    await turn();
    end('newer', answered);
    expect(await newer).toEqual(answered);
  });

  test('a waiting one makes room in a full queue for its own successor', async () => {
    const { pool } = start(1, 1);
    await turn();
    void pool.run(job('other'));
    const older = pool.run(job('older', 'ann'));
    void pool.run(job('newer', 'ann'));
    expect(await older).toEqual({ by: 'replacement' });
    expect(pool.stats()).toMatchObject({ queued: 1, refused: 0 });
  });

  test('a running one is asked to stop', async () => {
    const { pool, busyThread } = start(2, 2);
    await turn();
    void pool.run(job('older', 'ann'));
    void pool.run(job('newer', 'ann'));
    expect(busyThread('older').stopped).toBe(true);
    expect(busyThread('newer').stopped).toBe(false);
  });

  test('a running one goes on where its successor is refused', async () => {
    const { pool, busyThread } = start(1, 1);
    await turn();
    void pool.run(job('older', 'ann'));
    void pool.run(job('other'));
    expect(() => pool.run(job('newer', 'ann'))).toThrow(EngineBusy);
    expect(busyThread('older').stopped).toBe(false);
  });

  test('learners do not touch each other, nor a job that is over', async () => {
    const { pool, end, busyThread } = start(3, 2);
    await turn();
    const first = pool.run(job('one', 'ann'));
    void pool.run(job('bob', 'bob'));
    end('one', answered);
    await first;
    void pool.run(job('two', 'ann'));
    expect(busyThread('bob').stopped).toBe(false);
    expect(busyThread('two').stopped).toBe(false);
  });
});
