// Hears of promises that are rejected and that nobody handles: QuickJS has a hook for it, quickjs-emscripten hands it to nobody.
import type { QuickJSRuntime } from 'quickjs-emscripten-core';
import { TABLE } from './export-table.ts';
import { copyUsedPages } from './memory.ts';

/** A JSValue as QuickJS passes it on 32 bits: 64 bits, the tag in the upper half. */
export type RawValue = bigint;

export interface RejectionListener {
  rejected(promise: RawValue, reason: RawValue): void;
  /** A promise that was told as rejected has got its handler after all. */
  handled(promise: RawValue): void;
}

/**
 * A module that imports one function as `h.t` and exports it as `t`, which makes a JavaScript function one that fits a table.
 * Its type is JSHostPromiseRejectionTracker of quickjs.h: (i32 context, i64 promise, i64 reason, i32 handled, i32 opaque).
 */
const ADAPTER = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x09, 0x01, 0x60, 0x05, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 0x00],
  ...[0x02, 0x07, 0x01, 0x01, 0x68, 0x01, 0x74, 0x00, 0x00],
  ...[0x07, 0x05, 0x01, 0x01, 0x74, 0x00, 0x00],
);

/**
 * Puts the listener into the runtime, which must have no interrupt handler yet. In JSRuntime the tracker stands two words behind
 * the interrupt handler, which is found by setting one and looking what changed; `createGuest` tries the hook before it trusts it.
 * @throws Error where the runtime does not look as expected
 */
export function trackRejections(
  runtime: QuickJSRuntime,
  memory: WebAssembly.Memory,
  exports: WebAssembly.Exports,
  listener: RejectionListener,
): void {
  const table = exports[TABLE];
  if (!(table instanceof WebAssembly.Table)) throw new Error('the QuickJS module does not export its table');
  const hook = (_context: number, promise: RawValue, reason: RawValue, isHandled: number) => {
    if (isHandled) listener.handled(promise);
    else listener.rejected(promise, reason);
  };
  const adapter = new WebAssembly.Instance(new WebAssembly.Module(ADAPTER), { h: { t: hook } });
  const index = table.grow(1);
  table.set(index, adapter.exports.t);
  new DataView(memory.buffer).setUint32(interruptHandlerAt(runtime, memory) + 8, index, true);
}

/** The one word of the runtime that is not zero while there is a handler, and zero before and after. */
function interruptHandlerAt(runtime: QuickJSRuntime, memory: WebAssembly.Memory): number {
  const before = copyUsedPages(memory);
  const now = new DataView(memory.buffer);
  runtime.setInterruptHandler(() => false);
  const changed: number[] = [];
  for (const { offset, bytes } of before) {
    const words = new Uint32Array(bytes.buffer);
    for (let i = 0; i < words.length; i += 1) {
      if (words[i] === 0 && now.getUint32(offset + i * 4, true) !== 0) changed.push(offset + i * 4);
    }
  }
  runtime.removeInterruptHandler();
  const found = changed.filter((at) => now.getUint32(at, true) === 0);
  const [at] = found;
  if (at === undefined || found.length > 1)
    throw new Error(`the interrupt handler is not where it was: ${found.length} places`);
  return at;
}
