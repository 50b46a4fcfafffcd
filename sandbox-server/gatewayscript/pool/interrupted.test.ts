// A script that was stopped for its time leaves its worker as it was: no new thread, and nothing of the script in the next run.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngine } from '../engine.ts';
import { sampleJob } from '../sample-job.ts';

const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '250', SCRIPT_WALL_MS: '2000' }),
);
beforeAll(async () => {
  await engine.run(sampleJob(''));
});
afterAll(() => engine.close());

const run = (script: string) => engine.run(sampleJob(script));

test.each([
  ['a loop', 'for (;;) {}'],
  ['a loop that catches', 'for (;;) { try { for (;;); } catch (e) {} finally { continue; } }'],
  ['a loop in a callback', 'setTimeout(() => { for (;;); }, 1)'],
  ['a loop in a sort', 'const a = [3, 2, 1]; for (;;) a.sort(() => 1);'],
  ['promises without end', 'function f() { Promise.resolve().then(f); } f();'],
  ['sleep', 'setTimeout(() => {}, 60000)'],
])('%s', async (_name, script) => {
  const stopped = await run(
    `try { Function('this.leak = 1')() } catch (e) {} context.set('leak', 1); setInterval(() => console.log('late'), 1);\n${script}`,
  );
  expect(stopped.outcome).toBe('interrupted');
  const next = await run(
    `setTimeout(() => console.log('%s', [typeof context.get('leak'), Function('return typeof leak')()].join()), 20)`,
  );
  expect(next).toMatchObject({ outcome: 'completed', console: [{ text: 'undefined,undefined' }] });
  expect(engine.stats()).toMatchObject({ workers: 1, workersReplaced: 0 });
});
