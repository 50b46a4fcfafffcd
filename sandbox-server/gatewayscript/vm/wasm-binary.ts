// Reads and writes the pieces of WebAssembly's binary format (WebAssembly Core §5): numbers, lists, sections.

const HEADER_BYTES = 8;

export interface Section {
  id: number;
  body: Uint8Array;
}

export interface Reader {
  readonly at: number;
  readonly done: boolean;
  byte(): number;
  /** An unsigned integer in LEB128 (§5.2.2). */
  u32(): number;
  bytes(count: number): Uint8Array;
  /** Passes an integer in LEB128 of either sign. */
  skipLeb(): void;
}

/** @throws Error where the bytes end too soon */
export function createReader(bytes: Uint8Array): Reader {
  let at = 0;
  function byte(): number {
    const next = bytes[at];
    if (next === undefined) throw new Error('the WebAssembly module ends within a number');
    at += 1;
    return next;
  }
  return {
    get at() {
      return at;
    },
    get done() {
      return at >= bytes.length;
    },
    byte,
    u32() {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const next = byte();
        value += (next & 0x7f) * factor;
        if (next < 0x80) return value;
      }
    },
    bytes(count) {
      const piece = bytes.subarray(at, at + count);
      if (piece.length < count) throw new Error('the WebAssembly module ends within a piece');
      at += count;
      return piece;
    },
    skipLeb() {
      while (byte() >= 0x80);
    },
  };
}

/** An unsigned integer in LEB128. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

/** A name (§5.2.4). */
export function name(text: string): number[] {
  const bytes = Buffer.from(text);
  return [...leb(bytes.length), ...bytes];
}

/** In the order in which they stand. */
export function readSections(wasm: Uint8Array): Section[] {
  const reader = createReader(wasm);
  reader.bytes(HEADER_BYTES);
  const sections: Section[] = [];
  while (!reader.done) {
    const id = reader.byte();
    sections.push({ id, body: reader.bytes(reader.u32()) });
  }
  return sections;
}

/** The module of `wasm`'s header with these sections. */
export function writeSections(wasm: Uint8Array, sections: readonly Section[]): Uint8Array<ArrayBuffer> {
  const parts = sections.flatMap(({ id, body }) => [Uint8Array.of(id, ...leb(body.length)), body]);
  return Uint8Array.from(Buffer.concat([wasm.subarray(0, HEADER_BYTES), ...parts]));
}

/** A section that is a list, with one more entry at its end. */
export function withEntry(body: Uint8Array, entry: readonly number[]): Uint8Array {
  const reader = createReader(body);
  const count = reader.u32();
  return Buffer.concat([Uint8Array.from(leb(count + 1)), body.subarray(reader.at), Uint8Array.from(entry)]);
}
