// A process with engines of a few workers and then of more, all idle after some runs: what the difference weighs is the workers'.
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../sandbox-server/config.ts';
import { createEngine } from '../sandbox-server/gatewayscript/engine.ts';
import { sampleJob } from '../sandbox-server/gatewayscript/sample-job.ts';
import { HANDSHAKE } from './handshake-script.ts';

const FEW = 1;
const MORE = 8;

async function engineOf(workers: number): Promise<void> {
  const engine = createEngine(readConfig({ SCRIPT_WORKERS: String(workers) }));
  await engine.ready;
  while (engine.stats().idle < workers) await sleep(20);
  // Several rounds, so that every worker has run.
  for (let round = 0; round < 10; round += 1)
    await Promise.all(Array.from({ length: workers }, () => engine.run(sampleJob(HANDSHAKE))));
  await sleep(1_500);
}

await engineOf(FEW);
const before = process.memoryUsage.rss();
await engineOf(MORE);
process.stdout.write(String((process.memoryUsage.rss() - before) / MORE));
process.exit();
