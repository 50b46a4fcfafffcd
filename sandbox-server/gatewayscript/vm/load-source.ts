// What every worker starts with, made once a process: the bundled code and the compiled QuickJS module.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import { exportTable } from './export-table.ts';
import { createGuest } from './guest.ts';
import { bundleGuest, bundleWorker } from './guest-source.ts';
import type { ReadyGuest } from './ready-guest.ts';

export interface EngineCode {
  guestCode: string;
  workerCode: string;
  wasm: WebAssembly.Module;
  /** What a worker's guest is made of, and put back to after each run. */
  ready: ReadyGuest;
}

let loading: Promise<EngineCode> | undefined;

/** Bundles and compiles on the first call; later calls get the same. */
export function loadEngineCode(): Promise<EngineCode> {
  loading ??= load();
  return loading;
}

async function load(): Promise<EngineCode> {
  const wasmFile = fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
  const [guestCode, workerCode, wasm] = await Promise.all([
    bundleGuest(),
    bundleWorker(),
    readFile(wasmFile).then((bytes) => WebAssembly.compile(exportTable(bytes))),
  ]);
  // The bundler's own process is of no more use.
  await stop();
  const guest = await createGuest({ wasm, code: guestCode, memoryMib: 0 });
  return { guestCode, workerCode, wasm, ready: guest.ready() };
}
