// Finds the interrupt handler in QuickJS's JSRuntime: the landmark from which the members are found that quickjs-emscripten does not hand out.
import type { QuickJSRuntime } from 'quickjs-emscripten-core';
import { copyUsedPages } from './memory.ts';

/**
 * The address of the one word of the runtime that is not zero while there is a handler, and zero before and after; the runtime must have none yet.
 * @throws Error where there is no such word, or more than one
 */
export function interruptHandlerAt(runtime: QuickJSRuntime, memory: WebAssembly.Memory): number {
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
