// A worker thread: one guest, one job at a time. It answers every job, and says when it should be replaced.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { RunLimits } from '../limits.ts';
import type { ScriptJob } from '../types.ts';
import { createGuest, type Guest, type GuestSource } from '../vm/guest.ts';
import { runScript } from './run-script.ts';
import { type StopSignal, watchStopFlag } from './stop-signal.ts';
import type { PostedCall } from './target-desk.ts';
import { createTargetLink } from './target-link.ts';
import type { WorkerResult } from './worker-result.ts';

/** What a worker is started with. */
export interface WorkerStart {
  source: GuestSource;
  limits: RunLimits;
  stopFlag: Int32Array<SharedArrayBuffer>;
  /** Where the replies to a script's own requests come. */
  replies: MessagePort;
}

/**
 * What a worker posts: once that it is ready, then an answer a job, and before that the job's own requests. `cpu` is what its thread
 * has taken in all its life, in microseconds.
 */
export type WorkerAnswer =
  | { type: 'ready'; cpu: NodeJS.CpuUsage }
  | { type: 'result'; result: WorkerResult; worn: boolean; cpu: NodeJS.CpuUsage }
  | ({ type: 'target-call' } & PostedCall);

async function serve({ source, limits, stopFlag, replies }: WorkerStart): Promise<never> {
  const port = parentPort;
  if (!port) throw new Error('this file is a worker thread of the script engine');
  const guest = await createGuest(source);
  const stop = watchStopFlag(stopFlag);
  const answer = (message: WorkerAnswer) => port.postMessage(message);

  warmUp(guest, limits, stop);
  answer({ type: 'ready', cpu: process.threadCpuUsage() });
  for (let runs = 1; ; runs += 1) {
    const job = nextJob(port, stop);
    const link = createTargetLink(replies, runs, (call) => answer({ type: 'target-call', ...call }));
    const { result, worn } = runScript(job, guest, limits, stop, link);
    answer({ type: 'result', result, worn, cpu: process.threadCpuUsage() });
    // After the answer, so that the next run finds the guest ready and nobody waits for it.
    if (!worn) guest.reset();
  }
}

/** Milliseconds for which a worker looks for its next job before it sleeps: to be woken takes a third of a short run. */
const LOOK_MS = 0.1;

/** Never by way of the event loop, which takes longer to wake than shared memory. */
function nextJob(port: MessagePort, stop: StopSignal): ScriptJob {
  const sleepsAt = performance.now() + LOOK_MS;
  for (;;) {
    const news = stop.news();
    const received: { message: ScriptJob } | undefined = receiveMessageOnPort(port);
    if (received) return received.message;
    if (performance.now() >= sleepsAt) stop.wait(Number.POSITIVE_INFINITY, news);
  }
}

/** One run that nobody asked for: parser and QuickJS compile lazily, and the first reader should not wait for that. */
function warmUp(guest: Guest, limits: RunLimits, stop: StopSignal): void {
  const script = `var crypto = require('crypto'); console.log('%s', crypto.createHash('sha1').update('a').digest('hex'));
    context.set('message.headers.A', context.get('request.headers.A')); try { context.clear('request.verb') } catch (e) {}`;
  const message = { status: null, headers: [], body: new Uint8Array(), bodyOrigin: 'request' as const };
  runScript(
    {
      script,
      request: { method: 'GET', path: '/', headers: [['A', 'b']], body: message.body },
      message,
      variables: {},
    },
    guest,
    limits,
    stop,
    { ask: () => {}, next: () => undefined },
  );
  guest.reset();
}

// A guest that cannot be made ends the thread as an unhandled rejection, which the host hears as its error.
void serve(workerData);
