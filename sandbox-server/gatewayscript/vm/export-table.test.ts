// The edited QuickJS module is the published one with its table exported, and nothing else.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exportTable, TABLE } from './export-table.ts';

const published = await readFile(
  fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
);

test('the module keeps its imports and exports, and gains the table', async () => {
  const before = await WebAssembly.compile(new Uint8Array(published));
  const after = await WebAssembly.compile(exportTable(published));
  expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
  expect(WebAssembly.Module.exports(after)).toEqual([
    ...WebAssembly.Module.exports(before),
    expect.objectContaining({ name: TABLE, kind: 'table' }),
  ]);
});

test('a module that ends within a number is refused', () => {
  expect(() => exportTable(published.subarray(0, 10))).toThrow('the WebAssembly module ends within a number');
});
