// QuickJS with the guest's code in it, ready for a script: begun from the snapshot, and put back to that moment after every run.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { ScriptError } from '../types.ts';
import { startFromImage } from './image.ts';
import { createMachine, rawOf, setRaw } from './machine.ts';
import { asFunction, columnInScript } from './script-function.ts';
import type { Snapshot } from './snapshot.ts';
import { createUnhandledRejections } from './unhandled-rejections.ts';

/** The host's side of the border during a run. */
export interface GuestHost {
  call(callJson: string): string;
  /** Asked every few thousand steps of the script; `true` stops it. */
  interrupted(): boolean;
}

/** What a step of the guest came to: nothing, or what it threw, perhaps before anything ran. */
export type Step = { threw: false } | { threw: true; error: ScriptError | null; compiling: boolean };

export interface Guest {
  /** Compiles and calls the script's function. */
  run(script: string, host: GuestHost): Step;
  /** Runs the promises' callbacks, all of them. */
  settle(): Step;
  /** Calls back the timer of that id. */
  fire(timer: number): Step;
  /** What the first promise was rejected with that nobody has handled until now, or `null`. */
  unhandledRejection(): ScriptError | null;
  /** Forgets the run. */
  reset(): void;
  readonly memoryExhausted: boolean;
  readonly memoryGrown: boolean;
}

export interface GuestSource {
  wasm: WebAssembly.Module;
  snapshot: Snapshot;
  memoryMib: number;
}

/** Milliseconds that the description of an error may take although the run's time is over. */
const DESCRIBE_MS = 20;

export async function createGuest({ wasm, snapshot, memoryMib }: GuestSource): Promise<Guest> {
  let host: GuestHost | null = null;
  let describeUntil = 0;
  const rejections = createUnhandledRejections((reason) => {
    const before = rawOf(memory, thrown);
    setRaw(memory, thrown, reason);
    const error = describeThrown(vm, describe, thrown);
    setRaw(memory, thrown, before);
    return error;
  });
  const machine = await createMachine(wasm, memoryMib, {
    call(callJson) {
      if (!host) throw new Error('the guest called its host outside a run');
      return host.call(callJson);
    },
    interrupted: () => performance.now() >= describeUntil && (host?.interrupted() ?? false),
    rejections,
  });
  const { memory, runtime, vm } = machine;
  const { thrown, run, fire, describe } = machine.slots;
  if (machine.marks.join() !== snapshot.marks.join())
    throw new Error('the memory is laid out otherwise than in the snapshot');
  const image = startFromImage(machine, snapshot.image);
  tryRejections(vm, rejections);
  image.restoreAll();

  function step(result: { error?: QuickJSHandle | undefined }, compiling = false): Step {
    if (!result.error) return { threw: false };
    // A script that was stopped threw too, and where it was is worth a moment beyond its time.
    describeUntil = performance.now() + DESCRIBE_MS;
    const error = describeThrown(vm, describe, result.error);
    describeUntil = 0;
    return { threw: true, error, compiling };
  }

  return {
    run(script, forHost) {
      host = forHost;
      const compiled = vm.evalCode(...asFunction(script), { strict: true });
      return compiled.error ? step(compiled, true) : step(vm.callFunction(run, vm.undefined, compiled.value));
    },
    settle: () => step(runtime.executePendingJobs()),
    fire: (timer) => step(vm.callFunction(fire, vm.undefined, vm.newNumber(timer))),
    unhandledRejection: () => rejections.first(),
    reset() {
      host = null;
      rejections.forget();
      image.restoreMarked();
    },
    get memoryExhausted() {
      return memory.exhausted;
    },
    get memoryGrown() {
      return memory.grown;
    },
  };
}

/** What was thrown, as the guest itself describes it; `null` where it no longer can. */
function describeThrown(
  vm: QuickJSContext,
  describe: QuickJSHandle,
  error: QuickJSHandle,
): ScriptError | null {
  const result = vm.callFunction(describe, vm.undefined, error);
  if (result.error) return null;
  const { name, message, line, column }: ScriptError = JSON.parse(vm.getString(result.value));
  return { name, message, line, column: columnInScript(line, column) };
}

/** The hook rests on the layout of one build of QuickJS: a guest in which it is silent or wrong must not come up. */
function tryRejections(vm: QuickJSContext, rejections: ReturnType<typeof createUnhandledRejections>): void {
  const promise = vm.unwrapResult(vm.evalCode(`Promise.reject(new RangeError('heard'))`));
  const heard = rejections.first();
  vm.unwrapResult(vm.callMethod(promise, 'catch', [vm.undefined]));
  if (heard?.name !== 'RangeError' || heard.message !== 'heard')
    throw new Error('rejections of promises are not heard');
  // The promise that `catch` gave is rejected in its turn, and nobody handles it: then it is the one that is told.
  vm.runtime.executePendingJobs();
  if (rejections.count() !== 1) throw new Error('handlers of rejected promises are not heard');
  rejections.forget();
}
