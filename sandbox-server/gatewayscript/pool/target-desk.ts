// The host's side of `urlopen`: takes a worker's calls, has them answered, and ends what is still open when the run is over.
import type { MessagePort } from 'node:worker_threads';
import type { OpenTarget, TargetCall, TargetReply } from '../types.ts';

/** As a worker posts it. `run` and `id` are the worker's own, and come back with the reply. */
export interface PostedCall {
  run: number;
  id: number;
  call: TargetCall;
}

export interface PostedReply {
  run: number;
  id: number;
  reply: TargetReply;
}

export interface TargetDesk {
  begin(openTarget: OpenTarget | undefined): void;
  /** Never throws. */
  answer(posted: PostedCall): Promise<void>;
  /** Aborts what is open; replies that come yet are dropped. */
  end(): void;
}

/** `tell` wakes the worker, which does not listen while it runs a script. */
export function createTargetDesk(port: MessagePort, tell: () => void): TargetDesk {
  let current: { openTarget: OpenTarget; over: AbortController } | null = null;
  return {
    begin(openTarget) {
      current = openTarget ? { openTarget, over: new AbortController() } : null;
    },
    async answer({ run, id, call }) {
      const job = current;
      let reply: TargetReply;
      try {
        reply = job ? await job.openTarget(call, job.over.signal) : NOTHING;
      } catch {
        reply = { kind: 'failed', reason: 'the lab could not make this request' };
      }
      if (job !== current || job?.over.signal.aborted) return;
      port.postMessage({ run, id, reply } satisfies PostedReply);
      tell();
    },
    end() {
      current?.over.abort();
      current = null;
    },
  };
}

const NOTHING: TargetReply = { kind: 'failed', reason: 'no server can be reached from here' };
