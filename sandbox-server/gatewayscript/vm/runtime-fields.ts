// Fields of QuickJS's JSRuntime that quickjs-emscripten sets for nobody. Who writes them tries what they do before trusting it.
import type { QuickJSRuntime } from 'quickjs-emscripten-core';
import { copyUsedPages } from './image.ts';

/** Bytes from the interrupt handler to other fields, in the build of QuickJS that package.json names. */
const REJECTION_TRACKER = 8;
const STRIP_FLAGS = 76;
/** JS_STRIP_SOURCE and JS_STRIP_DEBUG of quickjs.h. */
const STRIP_ALL = 3;

export interface RuntimeFields {
  /** Sets `host_promise_rejection_tracker` to the function at that index of the table. */
  setRejectionTracker(index: number): void;
  /** What is compiled meanwhile keeps neither its text nor its lines, which is half of its size. */
  withoutDebugInfo<T>(compile: () => T): T;
}

/**
 * The interrupt handler is found by setting one and looking what changed: the runtime must have none yet.
 * @throws Error where the runtime does not look as expected
 */
export function findRuntimeFields(runtime: QuickJSRuntime, memory: WebAssembly.Memory): RuntimeFields {
  const handler = interruptHandlerAt(runtime, memory);
  return {
    setRejectionTracker(index) {
      new DataView(memory.buffer).setUint32(handler + REJECTION_TRACKER, index, true);
    },
    withoutDebugInfo(compile) {
      const at = handler + STRIP_FLAGS;
      new DataView(memory.buffer).setUint8(at, STRIP_ALL);
      try {
        return compile();
      } finally {
        new DataView(memory.buffer).setUint8(at, 0);
      }
    },
  };
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
