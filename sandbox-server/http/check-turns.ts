// Checks take turns: so many run at once, and of those that wait each address has its turn, so that one that asks much waits for itself.
import { createWaitingLine, SOURCE_SHARE } from '../gatewayscript/pool/waiting-line.ts';
import { Problem, tooMany } from './problem.ts';

export interface CheckTurns {
  /**
   * Runs the check when its turn comes, and settles as it does. Rejects with 429 where too many wait, of all or of this address, and with 400
   * where `gone` is aborted before the turn has come: its place is free at once.
   */
  take<Result>(address: string, gone: AbortSignal, check: () => Promise<Result>): Promise<Result>;
}

export interface CheckTurnsLimits {
  /** Checks that run at once. */
  atOnce: number;
  /** Checks that may wait; one address has three quarters of the places. */
  waiting: number;
}

/** Seconds until there is room again, about. */
const RETRY_SECONDS = 3;

export function createCheckTurns({ atOnce, waiting }: CheckTurnsLimits): CheckTurns {
  const line = createWaitingLine<() => void>();
  let running = 0;

  function turn(address: string, gone: AbortSignal): Promise<void> {
    if (line.length >= waiting || line.lengthOf(address) >= waiting * SOURCE_SHARE)
      throw tooMany('checks-busy', 'More checks wait than the lab can make soon.', RETRY_SECONDS);
    return new Promise((resolve, reject) => {
      const begin = () => {
        gone.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => line.remove(address, begin) && reject(clientGone());
      gone.addEventListener('abort', leave, { once: true });
      line.push(address, begin);
    });
  }

  return {
    async take(address, gone, check) {
      if (gone.aborted) throw clientGone();
      if (running < atOnce) running += 1;
      // Whoever is over hands its place on, so that nobody comes in between.
      else await turn(address, gone);
      try {
        return await check();
      } finally {
        const next = line.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}

const clientGone = () =>
  new Problem(400, 'client-gone', 'The client has gone before its turn.', 'Ask again.');
