// A host whose own thread stands still past the kill time: answer and kill cross, and nothing may be lost by it.
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngine } from '../engine.ts';
import { sampleJob } from '../sample-job.ts';

const DEADLINE_MS = 1_000;
const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: String(DEADLINE_MS), SCRIPT_WALL_MS: '1' }),
);
afterAll(() => engine.close());

test('an answer that waited while the host stood still counts, and the next run has a worker', async () => {
  await engine.run(sampleJob('1'));
  const crossing = engine.run(sampleJob('console.log(1)'));
  // The promise jobs that post the script to its worker; then neither timers nor messages are looked at.
  for (let turn = 0; turn < 20; turn += 1) await null;
  const standsStillUntil = performance.now() + DEADLINE_MS + 500;
  while (performance.now() < standsStillUntil);
  expect(['completed', 'interrupted']).toContain((await crossing).outcome);

  expect(await engine.run(sampleJob('console.log(2)'))).toMatchObject({ outcome: 'completed' });
  await expect.poll(() => engine.stats()).toMatchObject({ workers: 1, idle: 1, running: 0 });
});
