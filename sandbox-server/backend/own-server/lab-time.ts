// The time of a check: it goes on only as fast as the lab does, so that a deadline, a learner's or the check's, is missed by nobody but its owner.

/** A server whose script lives in this time; it answers each beat with `answered`. */
export interface PacedServer {
  beat(now: number): void;
}

export interface LabTime {
  /** Milliseconds since it began: those in which the process took its turns, and so did the threads of the servers in it. */
  now(): number;
  /** Milliseconds by the clock that it is behind. */
  behind(): number;
  /** Something of the lab has failed that a server in it needed: what followed is nobody's mistake. */
  spoil(): void;
  readonly spoilt: boolean;
  /** Resolves when so many of them are over, or with the signal. */
  pass(ms: number, signal: AbortSignal): Promise<void>;
  /** From now on it waits for this server's thread. */
  join(server: PacedServer): { answered(): void; leave(): void };
  /** Ends all waits. */
  close(): void;
}

/** Milliseconds from beat to beat. */
const BEAT_MS = 20;
/**
 * Milliseconds that one beat may count: while the process stands still, nobody could have answered. An answer takes about two beats, and the
 * shortest deadline of a lesson is 300 ms.
 */
const MOST_MS = 3 * BEAT_MS;

export function createLabTime(clock: () => number = () => performance.now()): LabTime {
  const began = clock();
  let last = began;
  let time = 0;
  let spoilt = false;
  let closed = false;
  const waits = new Set<{ dueAt: number; over(): void }>();
  const servers = new Set<PacedServer>();
  const unanswered = new Set<PacedServer>();
  let timer = setTimeout(beat, BEAT_MS);

  function beat(): void {
    const at = clock();
    // All servers have answered the last beat: what they had to say until then has come.
    for (const wait of waits) if (wait.dueAt <= time) wait.over();
    time += Math.min(at - last, MOST_MS);
    last = at;
    for (const server of servers) unanswered.add(server);
    for (const server of servers) server.beat(time);
    planNext();
  }

  function planNext(): void {
    if (closed || unanswered.size > 0) return;
    clearTimeout(timer);
    timer = setTimeout(beat, BEAT_MS);
  }

  return {
    now: () => time,
    behind: () => clock() - began - time,
    spoil() {
      spoilt = true;
    },
    get spoilt() {
      return spoilt;
    },
    pass(ms, signal) {
      if (closed || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wait = {
          dueAt: time + ms,
          over() {
            waits.delete(wait);
            signal.removeEventListener('abort', wait.over);
            resolve();
          },
        };
        waits.add(wait);
        signal.addEventListener('abort', wait.over, { once: true });
      });
    },
    join(server) {
      servers.add(server);
      return {
        answered() {
          if (unanswered.delete(server)) planNext();
        },
        leave() {
          servers.delete(server);
          if (unanswered.delete(server)) planNext();
        },
      };
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const { over } of [...waits]) over();
    },
  };
}
