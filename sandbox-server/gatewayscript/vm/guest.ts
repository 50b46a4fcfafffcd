// QuickJS with the guest's code in it, ready for a script: made once, copied to each worker, and put back to that moment after every run.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { GUEST_STACK_BYTES } from '../limits.ts';
import type { ScriptError } from '../types.ts';
import { zeroFreeMemory } from './clean-heap.ts';
import { interruptHandlerAt } from './interrupt-handler.ts';
import { createGuestMemory, takeImage } from './memory.ts';
import { loadQuickJs } from './quickjs.ts';
import { becomeReady, type GuestHooks, type ReadyGuest, readyGuest } from './ready-guest.ts';
import { trackRejections } from './rejection-tracker.ts';
import { asFunction, columnInScript } from './script-function.ts';
import { withoutSource } from './strip-source.ts';
import { createUnhandledRejections } from './unhandled-rejections.ts';

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
  /** What the first promise was rejected with that nobody has handled until now, or `null`. */
  unhandledRejection(): ScriptError | null;
  /** Forgets the run. */
  reset(): void;
  /** What other guests can be made of; to be asked before the first run. */
  ready(): ReadyGuest;
  readonly memoryExhausted: boolean;
  readonly memoryGrown: boolean;
}

export interface GuestSource {
  wasm: WebAssembly.Module;
  memoryMib: number;
  /** JavaScript of an expression that gives the guest's `start` function; or a guest in which it has run already. */
  code: string | ReadyGuest;
}

/** Milliseconds that the description of an error may take although the run's time is over. */
const DESCRIBE_MS = 20;

export async function createGuest(source: GuestSource): Promise<Guest> {
  const memory = createGuestMemory(source.memoryMib);
  const { quickJs, exports, allocator } = await loadQuickJs(source.wasm, memory.memory);
  const runtime = quickJs.newRuntime();
  runtime.setMaxStackSize(GUEST_STACK_BYTES);
  const vm = runtime.newContext();

  // A value of QuickJS arrives as 64 bits; written over this number's it becomes an argument.
  const slot = vm.newNumber(0);
  const rejections = createUnhandledRejections((reason) => {
    const view = new DataView(memory.memory.buffer);
    const number = view.getBigUint64(slot.value, true);
    view.setBigInt64(slot.value, reason, true);
    const error = describeThrown(vm, describe, slot);
    new DataView(memory.memory.buffer).setBigUint64(slot.value, number, true);
    return error;
  });
  const handlerAt = interruptHandlerAt(runtime, memory.memory);
  trackRejections(handlerAt, memory.memory, exports, rejections);

  let host: GuestHost | null = null;
  let describeUntil = 0;
  runtime.setInterruptHandler(() => performance.now() >= describeUntil && (host?.interrupted() ?? false));
  const hostCall = vm.newFunction('hostCall', (name, args) => {
    if (!host) throw new Error('the guest called its host outside a run');
    return vm.newString(host.call(vm.getString(name), vm.getString(args)));
  });

  function startHere(code: string): GuestHooks {
    const start = withoutSource(vm, memory.memory, handlerAt, () =>
      vm.unwrapResult(vm.evalCode(code, 'lab', { strict: true })),
    );
    const hooks = vm.unwrapResult(vm.callFunction(start, vm.undefined, hostCall));
    const hook = (name: string) => vm.getProp(hooks, name);
    return { run: hook('run'), fire: hook('fire'), describe: hook('describe') };
  }
  const { code } = source;
  const { run, fire, describe } =
    typeof code === 'string' ? startHere(code) : becomeReady(code, memory.memory, hostCall);
  if (typeof code === 'string') zeroFreeMemory(allocator, memory.memory);
  const image = takeImage(memory.memory, typeof code === 'string' ? undefined : code.image);
  tryRejections(vm, rejections);
  image.restore();

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
      image.restore();
    },
    ready: () => readyGuest(memory.memory, { run, fire, describe, hostCall }),
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
