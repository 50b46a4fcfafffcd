// Checks take turns: so many run at once, and while several addresses wait none has more of the places than another, so that one that asks much, or
// long, waits for itself.
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
  /** Checks that run at once; of one address all, where no other waits. */
  atOnce: number;
  /** Checks that may wait; one address has three quarters of the places. */
  waiting: number;
}

/** Seconds until there is room again, about. */
const RETRY_SECONDS = 3;

export function createCheckTurns({ atOnce, waiting }: CheckTurnsLimits): CheckTurns {
  const line = createWaitingLine<() => void>();
  /** Checks that run, by address. */
  const running = new Map<string, number>();
  let places = atOnce;
  const runningOf = (address: string) => running.get(address) ?? 0;

  function count(address: string, by: 1 | -1): void {
    const now = runningOf(address) + by;
    if (now === 0) running.delete(address);
    else running.set(address, now);
  }

  function turn(address: string, gone: AbortSignal): Promise<void> {
    if (line.length >= waiting || line.lengthOf(address) >= waiting * SOURCE_SHARE)
      throw tooMany('checks-busy', 'More checks wait than the lab can make soon.', RETRY_SECONDS);
    return new Promise((resolve, reject) => {
      const begin = () => {
        gone.removeEventListener('abort', leave);
        count(address, 1);
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
      // Whoever is over hands its place on, so that nobody comes in between.
      if (places === 0) await turn(address, gone);
      else {
        places -= 1;
        count(address, 1);
      }
      try {
        return await check();
      } finally {
        count(address, -1);
        const next = line.shift(runningOf);
        if (next) next();
        else places += 1;
      }
    },
  };
}

const clientGone = () =>
  new Problem(400, 'client-gone', 'The client has gone before its turn.', 'Ask again.');
