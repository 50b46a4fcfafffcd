// Lets QuickJS forget the text and the line numbers of the lab's own code, which are a third of a ready guest's memory.
import type { QuickJSContext } from 'quickjs-emscripten-core';

/** Bytes from the interrupt handler to `strip_flags` in JSRuntime (quickjs.c of 2025-09-13). */
const STRIP_FLAGS = 76;
/** JS_STRIP_SOURCE and JS_STRIP_DEBUG of quickjs.h. */
const STRIP_ALL = 3;

/**
 * Runs `compile` with both flags set: `JS_SetStripInfo` is not among the functions that quickjs-emscripten exports. What is compiled later
 * keeps its text and its lines. @throws Error where the flag is not where it was, or does nothing
 */
export function withoutSource<Compiled>(
  vm: QuickJSContext,
  memory: WebAssembly.Memory,
  handlerAt: number,
  compile: () => Compiled,
): Compiled {
  const at = handlerAt + STRIP_FLAGS;
  const flags = () => new DataView(memory.buffer);
  if (flags().getUint8(at) !== 0 || !hasSource(vm))
    throw new Error('the strip flags are not where they were');
  flags().setUint8(at, STRIP_ALL);
  try {
    if (hasSource(vm)) throw new Error('the strip flags have no effect');
    return compile();
  } finally {
    flags().setUint8(at, 0);
  }
}

/** Whether a function that is compiled now keeps its text. */
function hasSource(vm: QuickJSContext): boolean {
  const text = vm.unwrapResult(vm.evalCode(`(function () { 'kept' }).toString()`));
  const kept = vm.getString(text).includes('kept');
  text.dispose();
  return kept;
}
