// What an idle worker weighs, measured in a process of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** MiB of resident memory that one more idle worker takes. */
export function idleWorkerMib(): number {
  const { stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('memory-child.ts', import.meta.url))],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return Number(stdout) / 2 ** 20;
}
