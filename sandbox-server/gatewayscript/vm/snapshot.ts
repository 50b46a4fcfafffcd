// The moment at which a guest is ready for a script, made once a process: every worker's guest begins there, and is put back there.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { zeroFreeMemory } from './clean-heap.ts';
import { type GuestPart, MAIN_PART } from './guest-source.ts';
import { copyToImage, type MemoryImage } from './image.ts';
import { createMachine, HOOKS, type Machine, rawOf, setRaw } from './machine.ts';

/** Data that any thread can take. */
export interface Snapshot {
  image: MemoryImage;
  /** The marks of the machine that was pictured. */
  marks: readonly number[];
}

/** Calls each part when it is first needed. */
const LOADER = `(parts) => {
  const made = new Map();
  const load = (name) => {
    if (!made.has(name)) made.set(name, parts[name](load));
    return made.get(name);
  };
  return load('${MAIN_PART}').start;
}`;

/** Compiles the parts and starts the guest's code. */
export async function takeSnapshot(wasm: WebAssembly.Module, parts: readonly GuestPart[]): Promise<Snapshot> {
  const machine = await createMachine(wasm, 0, OUTSIDE_A_RUN);
  const { vm, memory, allocator, marks } = machine;
  using start = compiled(machine, parts);
  const hooks = vm.unwrapResult(vm.callFunction(start, vm.undefined, machine.hostCall));
  for (const name of HOOKS) setRaw(memory, machine.slots[name], rawOf(memory, vm.getProp(hooks, name)));
  zeroFreeMemory(allocator, memory.memory);
  return { image: copyToImage(memory.memory), marks };
}

const OUTSIDE_A_RUN = {
  call(): never {
    throw new Error('the guest called its host outside a run');
  },
  interrupted: () => false,
  rejections: { rejected: () => {}, handled: () => {} },
};

/** @returns the guest's `start`. Large parts come first: what compiling them leaves behind is room for the small ones. */
function compiled({ runtime, vm, fields }: Machine, parts: readonly GuestPart[]): QuickJSHandle {
  using byName = vm.newObject();
  using load = fields.withoutDebugInfo(() => {
    for (const { name, code } of parts.toSorted((a, b) => b.code.length - a.code.length)) {
      using part = vm.unwrapResult(vm.evalCode(code, 'lab', { strict: true }));
      vm.setProp(byName, name, part);
    }
    return vm.unwrapResult(vm.evalCode(LOADER, 'lab', { strict: true }));
  });
  using usage = runtime.computeMemoryUsage();
  if (numberIn(vm, usage, 'js_func_count') === 0 || numberIn(vm, usage, 'js_func_pc2line_count') !== 0)
    throw new Error('the guest’s code was compiled with its lines');
  return vm.unwrapResult(vm.callFunction(load, vm.undefined, byName));
}

function numberIn(vm: QuickJSContext, object: QuickJSHandle, name: string): number {
  using value = vm.getProp(object, name);
  return vm.getNumber(value);
}
