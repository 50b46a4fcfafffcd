// Hears of promises that are rejected and that nobody handles: QuickJS has a hook for it, quickjs-emscripten hands it to nobody.
import { TABLE } from './export-table.ts';

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
 * Adds a function that tells the listener to the module's table.
 * @returns its index there, which QuickJS takes for the function
 * @throws Error where the module does not look as expected
 */
export function addRejectionTracker(exports: WebAssembly.Exports, listener: RejectionListener): number {
  const table = exports[TABLE];
  if (!(table instanceof WebAssembly.Table)) throw new Error('the QuickJS module does not export its table');
  const hook = (_context: number, promise: RawValue, reason: RawValue, isHandled: number) => {
    if (isHandled) listener.handled(promise);
    else listener.rejected(promise, reason);
  };
  const adapter = new WebAssembly.Instance(new WebAssembly.Module(ADAPTER), { h: { t: hook } });
  const index = table.grow(1);
  table.set(index, adapter.exports.t);
  return index;
}
