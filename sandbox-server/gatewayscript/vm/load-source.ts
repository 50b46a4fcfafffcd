// What every worker starts with, made once a process: the bundled code and the compiled QuickJS module.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import { exportTable } from './export-table.ts';
import { bundleGuest, bundleWorker } from './guest-source.ts';
import { MARKS_PAGES } from './memory.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { withWriteMarks } from './write-marks.ts';

export interface EngineCode {
  workerCode: string;
  wasm: WebAssembly.Module;
  snapshot: Snapshot;
}

let loading: Promise<EngineCode> | undefined;

/** Bundles and compiles on the first call; later calls get the same. */
export function loadEngineCode(): Promise<EngineCode> {
  loading ??= load();
  return loading;
}

async function load(): Promise<EngineCode> {
  const wasmFile = fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
  const [guestParts, workerCode, wasm] = await Promise.all([
    bundleGuest(),
    bundleWorker(),
    readFile(wasmFile).then((bytes) => WebAssembly.compile(withWriteMarks(exportTable(bytes), MARKS_PAGES))),
  ]);
  // The bundler's own process is of no more use.
  await stop();
  return { workerCode, wasm, snapshot: await takeSnapshot(wasm, guestParts) };
}
