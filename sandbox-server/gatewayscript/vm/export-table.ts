// Adds the function table to what the QuickJS module exports, so that the host can hand QuickJS a function of its own.

/** The name under which the table is exported. */
export const TABLE = 'table';

const HEADER_BYTES = 8;
const EXPORT_SECTION = 7;
const KIND_TABLE = 1;

/**
 * @param wasm a module in WebAssembly's binary format (WebAssembly Core §5.5)
 * @returns the same module with one more export: table 0, as `table`
 */
export function exportTable(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [wasm.subarray(0, HEADER_BYTES)];
  for (let at = HEADER_BYTES; at < wasm.length; ) {
    const id = wasm[at];
    const size = readLeb(wasm, at + 1);
    const end = size.next + size.value;
    if (id === EXPORT_SECTION) {
      const count = readLeb(wasm, size.next);
      const name = Buffer.from(TABLE);
      const body = Buffer.concat([
        writeLeb(count.value + 1),
        wasm.subarray(count.next, end),
        Uint8Array.of(name.length),
        name,
        Uint8Array.of(KIND_TABLE, 0),
      ]);
      parts.push(Uint8Array.of(EXPORT_SECTION), writeLeb(body.length), body);
    } else parts.push(wasm.subarray(at, end));
    at = end;
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** An unsigned integer in LEB128 (WebAssembly Core §5.2.2). */
function readLeb(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  let shift = 0;
  for (let next = at; next < bytes.length; ) {
    const byte = bytes[next] ?? 0;
    next += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next };
    shift += 7;
  }
  throw new Error('the WebAssembly module ends within a number');
}

function writeLeb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
