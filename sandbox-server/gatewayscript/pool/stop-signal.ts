// The flag by which the host stops a run that its worker is busy with: shared memory, since the worker's thread does not listen.

const GO = 0;
const STOP = 1;

/** The worker's end. */
export interface StopSignal {
  requested(): boolean;
  /** Sleeps for that many milliseconds, or until the run is to stop. */
  wait(ms: number): void;
}

export function watchStopFlag(flag: Int32Array<SharedArrayBuffer>): StopSignal {
  return {
    requested: () => Atomics.load(flag, 0) === STOP,
    wait: (ms) => {
      if (ms > 0) Atomics.wait(flag, 0, GO, ms);
    },
  };
}

/** The host's end. */
export function requestStop(flag: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(flag, 0, STOP);
  Atomics.notify(flag, 0);
}

export function clearStop(flag: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(flag, 0, GO);
}

export function createStopFlag(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}
