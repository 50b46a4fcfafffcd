// The guest's memory: bounded by WebAssembly itself, and counted when it was not enough.
import { LINE_BITS } from './write-marks.ts';

const WASM_PAGE = 65_536;
/** What the QuickJS module declares as its initial memory. */
const INITIAL_PAGES = 256;
/** A mark for every line that a memory of 32 bits can have, and one more; those that are never set take no room. */
export const MARKS_PAGES = 2 ** (32 - LINE_BITS) / WASM_PAGE + 1;

export interface GuestMemory {
  memory: WebAssembly.Memory;
  /** Where the module marks what it writes to `memory`: see `withWriteMarks`. */
  marks: WebAssembly.Memory;
  /** Whether the guest asked for more than there is since the last `restore`. */
  readonly exhausted: boolean;
  /** Whether the guest made the memory larger than it was at first: it cannot shrink, only be replaced. */
  readonly grown: boolean;
}

/** quickjs-emscripten's own memory limit does not hold by itself (measured); the maximum of a WebAssembly.Memory does. */
export function createGuestMemory(maxMib: number): GuestMemory {
  const maximum = Math.max(INITIAL_PAGES, (maxMib * 1024 * 1024) / WASM_PAGE);
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum });
  const marks = new WebAssembly.Memory({ initial: MARKS_PAGES, maximum: MARKS_PAGES });
  const grow = memory.grow.bind(memory);
  let exhausted = false;
  memory.grow = (pages) => {
    try {
      return grow(pages);
    } catch (error) {
      exhausted = true;
      throw error;
    }
  };
  return {
    memory,
    marks,
    get exhausted() {
      return exhausted;
    },
    get grown() {
      return memory.buffer.byteLength > INITIAL_PAGES * WASM_PAGE;
    },
  };
}
