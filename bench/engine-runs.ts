// Runs on the lab's own engine: one after the other, and as many as two cores carry.
import { readConfig } from '../sandbox-server/config.ts';
import { createEngine } from '../sandbox-server/gatewayscript/engine.ts';
import { sampleJob } from '../sandbox-server/gatewayscript/sample-job.ts';
import type { Engine, ScriptJob } from '../sandbox-server/gatewayscript/types.ts';
import { timed } from './percentile.ts';

/** Until the compilers have done with the code. */
const WARM_UP = 1_000;
const SECONDS = 4;
/** Runs under way at once: enough that no worker waits for its next. */
const AT_ONCE = 8;

export async function warmRuns(script: string, count: number): Promise<number[]> {
  return withEngine(1, async (engine) => {
    // Made before: what is measured is the run, as in its peers.
    const jobs = Array.from({ length: WARM_UP + count }, () => sampleJob(script));
    const run = () => runOnce(engine, jobs.pop() ?? sampleJob(script));
    await timed(WARM_UP, run);
    return timed(count, run);
  });
}

/** Runs a second with two workers, the main thread beside them. */
export async function throughput(script: string): Promise<number> {
  return withEngine(2, async (engine) => {
    await timed(WARM_UP, () => runOnce(engine, sampleJob(script)));
    let runs = 0;
    const startedAt = performance.now();
    const until = startedAt + SECONDS * 1_000;
    const keepRunning = async () => {
      for (; performance.now() < until; runs += 1) await runOnce(engine, sampleJob(script));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, keepRunning));
    return (runs / (performance.now() - startedAt)) * 1_000;
  });
}

async function withEngine<T>(workers: number, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine(readConfig({ SCRIPT_WORKERS: String(workers) }));
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

async function runOnce(engine: Engine, job: ScriptJob): Promise<void> {
  const { outcome, error } = await engine.run(job);
  if (outcome !== 'completed') throw new Error(`${outcome}: ${error?.message ?? ''}`);
}
