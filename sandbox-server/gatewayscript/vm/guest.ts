// QuickJS with the guest's code in it, ready for a script: made once a worker, and put back to that moment after every run.
import quickjs from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core';
import { GUEST_STACK_BYTES } from '../limits.ts';
import type { ScriptError } from '../types.ts';
import { createGuestMemory, takeImage } from './memory.ts';

/** The host's side of the border during a run. */
export interface GuestHost {
  call(name: string, argsJson: string): string;
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
  /** Forgets the run. */
  reset(): void;
  readonly memoryExhausted: boolean;
  readonly memoryGrown: boolean;
}

export interface GuestSource {
  wasm: WebAssembly.Module;
  /** JavaScript of an expression that gives the guest's `start` function. */
  code: string;
  memoryMib: number;
}

/** The file name in stack traces by which the guest knows the script's own frames. */
const SCRIPT_FILE = 'gatewayscript.js';
/** On the script's first line, so that lines are the reader's; its length is taken off columns there. */
const OPENING = '(function (require, module, exports) {"use strict";';

export async function createGuest(source: GuestSource): Promise<Guest> {
  const memory = createGuestMemory(source.memoryMib);
  const variant = newVariant(quickjs, { wasmModule: source.wasm, wasmMemory: memory.memory });
  const quickJs = await newQuickJSWASMModuleFromVariant(variant);
  const runtime = quickJs.newRuntime();
  runtime.setMaxStackSize(GUEST_STACK_BYTES);
  const vm = runtime.newContext();

  let host: GuestHost | null = null;
  runtime.setInterruptHandler(() => host?.interrupted() ?? false);
  const hostCall = vm.newFunction('hostCall', (name, args) => {
    if (!host) throw new Error('the guest called its host outside a run');
    return vm.newString(host.call(vm.getString(name), vm.getString(args)));
  });
  const start = vm.unwrapResult(vm.evalCode(source.code, 'lab', { strict: true, strip: true }));
  const hooks = vm.unwrapResult(vm.callFunction(start, vm.undefined, hostCall));
  const run = vm.getProp(hooks, 'run');
  const fire = vm.getProp(hooks, 'fire');
  const describe = vm.getProp(hooks, 'describe');
  const image = takeImage(memory.memory);

  function step(result: { error?: QuickJSHandle | undefined }, compiling = false): Step {
    return result.error
      ? { threw: true, error: describeThrown(vm, describe, result.error), compiling }
      : { threw: false };
  }

  return {
    run(script, forHost) {
      host = forHost;
      const compiled = vm.evalCode(`${OPENING}${script}\n})`, SCRIPT_FILE, { strict: true });
      return compiled.error ? step(compiled, true) : step(vm.callFunction(run, vm.undefined, compiled.value));
    },
    settle: () => step(runtime.executePendingJobs()),
    fire: (timer) => step(vm.callFunction(fire, vm.undefined, vm.newNumber(timer))),
    reset() {
      host = null;
      image.restore();
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
  return {
    name,
    message,
    line,
    column: line === 1 && column !== null ? Math.max(1, column - OPENING.length) : column,
  };
}
