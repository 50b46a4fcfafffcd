// Whether the lab itself is too slow to judge: what waits for it in vain is then no fault of the reader's.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** A check has failed while the lab was slow, so that it says nothing about the reader's files. */
export class LabTooSlow extends Error {
  constructor() {
    super('The lab is too busy to judge: its own answers come late as well.');
    this.name = 'LabTooSlow';
  }
}

/** Watches from where it was made until it is ended. */
export interface PaceWatch {
  /** Whether this process has stood still meanwhile, or a check that is known to pass is late now. Never rejects. */
  wasSlow(): Promise<boolean>;
  end(): void;
}

export interface Pace {
  watch(): PaceWatch;
}

export interface PaceParts {
  /** Makes a check that is known to pass; resolves with whether it did. Given up when the signal is aborted. */
  knownGood(signal: AbortSignal): Promise<boolean>;
  /** Milliseconds from which the lab is slow. */
  slowMs: number;
}

export function createPace({ knownGood, slowMs }: PaceParts): Pace {
  /** Shared by all who want to know at the same time. */
  let probe: Promise<boolean> | null = null;

  async function inTime(): Promise<boolean> {
    const over = new AbortController();
    const late = pause(slowMs, false, { signal: over.signal }).catch(() => false);
    // What a full lab refuses is an answer too: it cannot judge now.
    const passes = knownGood(over.signal).catch(() => false);
    return await Promise.race([passes, late]).finally(() => over.abort());
  }

  return {
    watch() {
      const stood = monitorEventLoopDelay();
      stood.enable();
      return {
        async wasSlow() {
          // A stand that has only just ended counts with the next turn of the loop.
          await new Promise(setImmediate);
          if (stood.max / 1e6 >= slowMs) return true;
          probe ??= inTime().finally(() => {
            probe = null;
          });
          return !(await probe);
        },
        end: () => void stood.disable(),
      };
    },
  };
}
