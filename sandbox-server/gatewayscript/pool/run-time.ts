// How long a run has taken, in its worker: processor time of its own thread, which other learners' loops cannot use up, and wall time.

/** Milliseconds of processor time of a run, and of wall time, sleeping for timers included. */
export interface TimeLimits {
  cpuMs: number;
  wallMs: number;
}

/** Which limit a run has reached. */
export type TimeLimit = keyof TimeLimits;

export interface RunTime {
  /** The limit that is reached, or `null`. Cheap: it is asked every few thousand steps of a script. */
  over(): TimeLimit | null;
  wallLeftMs(): number;
}

/** Both in milliseconds from any start. */
export interface Clock {
  cpu(): number;
  wall(): number;
}

/** Processor time is that of the calling thread (`getrusage(2)`, RUSAGE_THREAD), user and system. */
export const threadClock: Clock = {
  cpu() {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  },
  wall: () => performance.now(),
};

export function startRunTime(limits: TimeLimits, clock: Clock = threadClock): RunTime {
  const cpuStart = clock.cpu();
  const wallStart = clock.wall();
  return {
    over() {
      const wall = clock.wall() - wallStart;
      // One thread's processor time never runs ahead of the clock, and asking the clock is cheaper.
      if (wall < limits.cpuMs) return wall >= limits.wallMs ? 'wallMs' : null;
      if (clock.cpu() - cpuStart >= limits.cpuMs) return 'cpuMs';
      return wall >= limits.wallMs ? 'wallMs' : null;
    },
    wallLeftMs: () => wallStart + limits.wallMs - clock.wall(),
  };
}

/** What the reader is told of a run that reached a limit. */
export function timeLimitSentence(limit: TimeLimit, limits: TimeLimits): string {
  const time = limit === 'cpuMs' ? `${limits.cpuMs} ms of processor time` : `${limits.wallMs} ms`;
  return `the script did not end within ${time} and was stopped`;
}
