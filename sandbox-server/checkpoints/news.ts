// How a check waits for what a client of the lab, or a server of it, gets: it looks again whenever something has come.
import type { LabTime } from '../backend/own-server/lab-time.ts';

export interface News {
  /** Something has come. */
  came(): void;
  /** What `found` gives, as soon as that is not `null`; `null` after `ms` of the check's time, or when nothing more can come. */
  until<Found>(ms: number, found: () => Found | null): Promise<Found | null>;
}

export function createNews(time: Pick<LabTime, 'pass'>, over: () => boolean = () => false): News {
  /** Resolved, and made anew, whenever something has come. */
  let news = Promise.withResolvers<void>();
  return {
    came() {
      news.resolve();
      news = Promise.withResolvers();
    },
    async until(ms, found) {
      const stop = new AbortController();
      const late = time.pass(ms, stop.signal).then(() => 'over' as const);
      try {
        for (;;) {
          const now = found();
          if (now !== null || over()) return now;
          if ((await Promise.race([news.promise, late])) === 'over') return found();
        }
      } finally {
        stop.abort();
      }
    },
  };
}
