// What every thread of learners' servers starts with, made once a process, when the first of them is deployed.
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import { bundleGuest, bundleWorker } from '../../gatewayscript/vm/guest-source.ts';
import { loadEngineCode } from '../../gatewayscript/vm/load-source.ts';
import { type Snapshot, takeSnapshot } from '../../gatewayscript/vm/snapshot.ts';
import { SERVER_FILE } from './worker/script.ts';

export interface ServerCode {
  workerCode: string;
  wasm: WebAssembly.Module;
  snapshot: Snapshot;
}

const folder = fileURLToPath(new URL('./', import.meta.url));
let loading: Promise<ServerCode> | undefined;

/** Bundles on the first call; later calls get the same. */
export function loadServerCode(): Promise<ServerCode> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ServerCode> {
  // After the engine: it ends the bundler's process when it has its own code.
  const { wasm } = await loadEngineCode();
  const [parts, workerCode] = await Promise.all([
    bundleGuest({ folder: `${folder}guest`, scriptFile: SERVER_FILE, later: [] }),
    bundleWorker(`${folder}worker/worker.ts`),
  ]);
  await stop();
  return { workerCode, wasm, snapshot: await takeSnapshot(wasm, parts) };
}
