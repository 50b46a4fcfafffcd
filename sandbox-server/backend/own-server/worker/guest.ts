// QuickJS with one learner's server in it, for as long as the server lives: what a turn makes in its memory and is not needed goes at once.
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import { z } from 'zod';
import type { ScriptError } from '../../../gatewayscript/types.ts';
import { startFromImage } from '../../../gatewayscript/vm/image.ts';
import { createMachine, rawOf, setRaw } from '../../../gatewayscript/vm/machine.ts';
import type { Snapshot } from '../../../gatewayscript/vm/snapshot.ts';
import { createUnhandledRejections } from '../../../gatewayscript/vm/unhandled-rejections.ts';
import { SERVER_FILE } from './script.ts';

/** The host's side of the border. */
export interface ServerHost {
  call(callJson: string): string | ArrayBuffer;
  /** Asked every few thousand steps; `true` stops them. */
  interrupted(): boolean;
}

/** What a step came to: nothing, or what was thrown; `null` where the guest can no longer say. */
export type ServerStep = { threw: false } | { threw: true; error: ScriptError | null };

export interface ServerGuest {
  /** Compiles the script's function and calls it. */
  run(code: string): ServerStep;
  /** Hands an event over (0), or calls back the timer of that id. */
  fire(id: number): ServerStep;
  /** Runs the promises' callbacks, all of them. */
  settle(): ServerStep;
  /** What the first promise was rejected with that nobody has handled until now. */
  unhandledRejection(): ScriptError | null;
  readonly memoryExhausted: boolean;
}

export interface ServerGuestSource {
  wasm: WebAssembly.Module;
  snapshot: Snapshot;
  memoryMib: number;
}

/** Milliseconds that the description of an error may take although the turn's time is over. */
const DESCRIBE_MS = 20;
const place = z.number().int().nullable();
const thrownSchema = z.object({ name: z.string(), message: z.string(), line: place, column: place });

export async function createServerGuest(
  { wasm, snapshot, memoryMib }: ServerGuestSource,
  host: ServerHost,
): Promise<ServerGuest> {
  let describeUntil = 0;
  const rejections = createUnhandledRejections((reason) => {
    const before = rawOf(memory, slots.thrown);
    setRaw(memory, slots.thrown, reason);
    const error = describe(slots.thrown);
    setRaw(memory, slots.thrown, before);
    return error;
  });
  const machine = await createMachine(wasm, memoryMib, {
    call: (callJson) => host.call(callJson),
    interrupted: () => performance.now() >= describeUntil && host.interrupted(),
    rejections,
  });
  const { memory, runtime, vm, slots } = machine;
  if (machine.marks.join() !== snapshot.marks.join())
    throw new Error('the memory is laid out otherwise than in the snapshot');
  startFromImage(machine, snapshot.image);

  function describe(thrown: QuickJSHandle): ScriptError | null {
    const result = vm.callFunction(slots.describe, vm.undefined, thrown);
    if (result.error) {
      result.error.dispose();
      return null;
    }
    using text = result.value;
    return thrownSchema.parse(JSON.parse(vm.getString(text)));
  }

  function step(result: { error: QuickJSHandle } | { value: QuickJSHandle; error?: undefined }): ServerStep {
    if (!result.error) {
      result.value.dispose();
      return { threw: false };
    }
    using thrown = result.error;
    // A script that was stopped threw too, and where it was is worth a moment beyond its time.
    describeUntil = performance.now() + DESCRIBE_MS;
    const error = describe(thrown);
    describeUntil = 0;
    return { threw: true, error };
  }

  return {
    run(code) {
      const compiled = vm.evalCode(code, SERVER_FILE);
      if (compiled.error) return step(compiled);
      using script = compiled.value;
      return step(vm.callFunction(slots.run, vm.undefined, script));
    },
    fire(id) {
      using number = vm.newNumber(id);
      return step(vm.callFunction(slots.fire, vm.undefined, number));
    },
    settle() {
      const result = runtime.executePendingJobs();
      return result.error ? step({ error: result.error }) : { threw: false };
    },
    unhandledRejection: () => rejections.first(),
    get memoryExhausted() {
      return memory.exhausted;
    },
  };
}
