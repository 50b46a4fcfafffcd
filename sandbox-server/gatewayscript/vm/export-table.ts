// Adds the function table to what the QuickJS module exports, so that the host can hand QuickJS a function of its own.
import { name, readSections, withEntry, writeSections } from './wasm-binary.ts';

/** The name under which the table is exported. */
export const TABLE = 'table';

const EXPORT_SECTION = 7;
const KIND_TABLE = 1;

/**
 * @param wasm a module in WebAssembly's binary format
 * @returns the same module with one more export: table 0, as `table`
 */
export function exportTable(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const sections = readSections(wasm).map(({ id, body }) => ({
    id,
    body: id === EXPORT_SECTION ? withEntry(body, [...name(TABLE), KIND_TABLE, 0]) : body,
  }));
  return writeSections(wasm, sections);
}
