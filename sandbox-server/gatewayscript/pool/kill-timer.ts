// The host's last word on a run that does not stop by itself: its thread is killed once it has used up its time and some grace.
import type { TimeLimit, TimeLimits } from './run-time.ts';

export interface KillTimerOptions extends TimeLimits {
  /** Milliseconds of processor time that the run has taken; may never answer, as a thread that sleeps does not. */
  usedCpuMs(): Promise<number>;
  kill(limit: TimeLimit): void;
}

/** @returns ends the watch; after that `kill` is not called. */
export function startKillTimer({ cpuMs, wallMs, usedCpuMs, kill }: KillTimerOptions): () => void {
  let over = false;
  function end(limit: TimeLimit): void {
    if (over) return;
    cancel();
    kill(limit);
  }
  function cancel(): void {
    over = true;
    clearTimeout(cpuTimer);
    clearTimeout(wallTimer);
  }
  /** A thread on a busy machine has worked less than the time that has passed: then it is looked at again later. */
  async function look(): Promise<void> {
    // Where the processor time is not to be had, the clock on the wall decides alone.
    const used = await usedCpuMs().catch(() => 0);
    if (over) return;
    if (used >= cpuMs) end('cpuMs');
    else cpuTimer = setTimeout(look, Math.max(LOOK_AGAIN_MS, cpuMs - used));
  }
  let cpuTimer = setTimeout(look, cpuMs);
  const wallTimer = setTimeout(() => end('wallMs'), wallMs);
  return cancel;
}

const LOOK_AGAIN_MS = 10;
