// The image of a guest's memory at the moment when it is ready, and the way back to it after each run.
import type { Machine } from './machine.ts';
import { LINE_BITS } from './write-marks.ts';

/** Bytes of a page as the image keeps it; finer than WebAssembly's, as most pages are empty. */
const PAGE = 4096;

/** Copies of all stretches of pages that hold anything but zeros. */
export function copyUsedPages(
  memory: WebAssembly.Memory,
): { offset: number; bytes: Uint8Array<ArrayBuffer> }[] {
  const now = new Uint8Array(memory.buffer);
  const runs: { offset: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for (let offset = 0; offset < now.length; ) {
    let end = offset;
    while (end < now.length && !EMPTY.equals(now.subarray(end, end + PAGE))) end += PAGE;
    if (end > offset) runs.push({ offset, bytes: now.slice(offset, end) });
    offset = end + PAGE;
  }
  return runs;
}

const EMPTY = Buffer.alloc(PAGE);

/** A memory from address 0 to its last page that holds anything, for all threads of the process to read. */
export type MemoryImage = Uint8Array<SharedArrayBuffer>;

export function copyToImage(memory: WebAssembly.Memory): MemoryImage {
  const used = copyUsedPages(memory);
  const end = used.reduce((last, { offset, bytes }) => Math.max(last, offset + bytes.length), 0);
  const image = new Uint8Array(new SharedArrayBuffer(end));
  for (const { offset, bytes } of used) image.set(bytes, offset);
  return image;
}

/** Puts a memory back to what it was in the image. */
export interface Restorer {
  /** All that has been written to since the last time, as the marks tell. */
  restoreMarked(): void;
  /** Everything. */
  restoreAll(): void;
}

/**
 * Makes a memory that was laid out alike into the one of the image: the heap, its allocator and every object in it are as they were.
 * Pages that hold nothing in the image are not put back: they are free to the allocator, which never reads before it writes.
 */
export function startFromImage(
  { memory: { memory, marks }, allocator }: Pick<Machine, 'memory' | 'allocator'>,
  image: MemoryImage,
): Restorer {
  const stretches = usedStretches(image);
  const dirty = new Uint8Array(marks.buffer);
  /** Marks are looked at four at once: pages are multiples of four lines. */
  const quads = new Uint32Array(marks.buffer);

  function restoreAll(): void {
    const target = new Uint8Array(memory.buffer);
    for (const { offset, end } of stretches) {
      target.set(image.subarray(offset, end), offset);
      dirty.fill(0, offset >>> LINE_BITS, end >>> LINE_BITS);
    }
  }

  // The host writes into what it has from `_malloc`; its other writes are to the stack, or taken back by itself.
  const malloc = allocator._malloc;
  allocator._malloc = (bytes) => {
    const address = malloc(bytes);
    dirty.fill(1, address >>> LINE_BITS, ((address + bytes) >>> LINE_BITS) + 1);
    return address;
  };
  emptyOtherPages(memory, image);
  restoreAll();
  return {
    restoreAll,
    restoreMarked() {
      const target = new Uint8Array(memory.buffer);
      for (const { offset, end } of stretches) {
        const behind = end >>> (LINE_BITS + 2);
        for (let quad = offset >>> (LINE_BITS + 2); quad < behind; quad += 1) {
          if (quads[quad] === 0) continue;
          const first = quad;
          for (; quad < behind && quads[quad] !== 0; quad += 1) quads[quad] = 0;
          const at = first << (LINE_BITS + 2);
          target.set(image.subarray(at, quad << (LINE_BITS + 2)), at);
        }
      }
    },
  };
}

/** From the first to behind the last page of each run of pages that hold anything. */
function usedStretches(image: MemoryImage): { offset: number; end: number }[] {
  const stretches: { offset: number; end: number }[] = [];
  for (let offset = 0; offset < image.length; offset += PAGE) {
    if (EMPTY.equals(image.subarray(offset, offset + PAGE))) continue;
    const last = stretches.at(-1);
    if (last?.end === offset) last.end += PAGE;
    else stretches.push({ offset, end: offset + PAGE });
  }
  return stretches;
}

/** What the machine had there is not in the image any more. */
function emptyOtherPages(memory: WebAssembly.Memory, image: MemoryImage): void {
  for (const { offset, bytes } of copyUsedPages(memory)) {
    for (let at = offset; at < offset + bytes.length; at += PAGE)
      if (at >= image.length || EMPTY.equals(image.subarray(at, at + PAGE)))
        new Uint8Array(memory.buffer, at, PAGE).fill(0);
  }
}
