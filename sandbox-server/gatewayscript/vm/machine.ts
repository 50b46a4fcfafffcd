// QuickJS with one context and its ways to the host, before any code of the guest: the same for the snapshot and for every worker.
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { GUEST_STACK_BYTES } from '../limits.ts';
import type { Allocator } from './clean-heap.ts';
import { createGuestMemory, type GuestMemory } from './memory.ts';
import { loadQuickJs } from './quickjs.ts';
import { addRejectionTracker, type RejectionListener } from './rejection-tracker.ts';
import { findRuntimeFields, type RuntimeFields } from './runtime-fields.ts';

/** Where the machine turns to while code runs in it. */
export interface Border {
  /** The reply: JSON, or bytes that become an ArrayBuffer of the guest's. */
  call(callJson: string): string | ArrayBuffer;
  /** Asked every few thousand steps; `true` stops them. */
  interrupted(): boolean;
  rejections: RejectionListener;
}

export interface Machine {
  memory: GuestMemory;
  runtime: QuickJSRuntime;
  vm: QuickJSContext;
  fields: RuntimeFields;
  allocator: Allocator;
  /** The guest's function `(callJson) => replyJson`. */
  hostCall: QuickJSHandle;
  /** Values that are there to be written over with `setRaw`, to become arguments and functions of the guest. */
  slots: { readonly [name in 'thrown' | Hook]: QuickJSHandle };
  /** Addresses of what was made and of what will be made next: equal in two machines whose memory is laid out alike. */
  marks: readonly number[];
}

/** The functions of the guest's code that drive a run. */
export const HOOKS = ['run', 'fire', 'describe'] as const;
export type Hook = (typeof HOOKS)[number];

/** Writes a value of QuickJS, which is 64 bits, over that of a slot; whoever gave it still owns it. */
export function setRaw({ memory }: GuestMemory, slot: QuickJSHandle, value: bigint): void {
  new DataView(memory.buffer).setBigInt64(slot.value, value, true);
}

export function rawOf({ memory }: GuestMemory, handle: QuickJSHandle): bigint {
  return new DataView(memory.buffer).getBigInt64(handle.value, true);
}

export async function createMachine(
  wasm: WebAssembly.Module,
  memoryMib: number,
  border: Border,
): Promise<Machine> {
  const memory = createGuestMemory(memoryMib);
  const { quickJs, exports, allocator } = await loadQuickJs(wasm, memory);
  const runtime = quickJs.newRuntime();
  runtime.setMaxStackSize(GUEST_STACK_BYTES);
  const vm = runtime.newContext();
  const slots = {
    thrown: vm.newNumber(0),
    run: vm.newNumber(0),
    fire: vm.newNumber(0),
    describe: vm.newNumber(0),
  };
  const fields = findRuntimeFields(runtime, memory.memory);
  fields.setRejectionTracker(addRejectionTracker(exports, border.rejections));
  runtime.setInterruptHandler(() => border.interrupted());
  const hostCall = vm.newFunction('hostCall', (call) => {
    const reply = border.call(vm.getString(call));
    return typeof reply === 'string' ? vm.newString(reply) : vm.newArrayBuffer(reply);
  });
  const next = allocator._malloc(16);
  allocator._free(next);
  const marks = [...Object.values(slots), hostCall].map(({ value }): number => value).concat(next);
  return { memory, runtime, vm, fields, allocator, hostCall, slots, marks };
}
