// The shared memory by which the host reaches a worker that is busy, since the worker's thread does not listen then: stop, or look for news.

/** Counts what has happened; a worker that sleeps does so on this number. */
const NEWS = 0;
const STATE = 1;
const GO = 0;
const STOP = 1;

/** The worker's end. */
export interface StopSignal {
  requested(): boolean;
  /** The number of events so far: taken before a look around, so that what happens after the look ends the wait. */
  news(): number;
  /** Sleeps for that many milliseconds, or until there is more news than `since`. */
  wait(ms: number, since: number): void;
}

export function watchStopFlag(flag: Int32Array<SharedArrayBuffer>): StopSignal {
  return {
    requested: () => Atomics.load(flag, STATE) === STOP,
    news: () => Atomics.load(flag, NEWS),
    wait: (ms, since) => {
      if (ms > 0) Atomics.wait(flag, NEWS, since, ms);
    },
  };
}

/** The host's end. */
export function requestStop(flag: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(flag, STATE, STOP);
  tellNews(flag);
}

/** Wakes the worker, if it sleeps. */
export function tellNews(flag: Int32Array<SharedArrayBuffer>): void {
  Atomics.add(flag, NEWS, 1);
  Atomics.notify(flag, NEWS);
}

export function clearStop(flag: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(flag, STATE, GO);
}

export function createStopFlag(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(8));
}
