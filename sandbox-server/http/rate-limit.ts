// How often an address or a sandbox may ask, so that one learner cannot take the lab from the others.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from './problem.ts';

export interface RateLimit {
  /** Counts one, or as many as it weighs; rejects with the 429 when the minute is used up. */
  take(key: string, weight?: number): Promise<void>;
}

/** `what` completes "Too many … within a minute." A key's count is dropped when its minute is over. */
export function createRateLimit(what: string, perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    async take(key, weight = 1) {
      try {
        await limiter.consume(key, weight);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw tooMany('too-many-requests', `Too many ${what} within a minute.`, error.msBeforeNext / 1000);
      }
    },
  };
}
