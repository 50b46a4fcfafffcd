// The newest run of a learner wins, on real threads: the older one ends at once and says why.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngine } from '../engine.ts';
import { within } from '../promise-of-time.fixture.ts';
import { sampleJob } from '../sample-job.ts';

const engine = createEngine(readConfig({ SCRIPT_WORKERS: '2', SCRIPT_DEADLINE_MS: '60000' }));
beforeAll(async () => {
  await engine.run(sampleJob(''));
});
afterAll(() => engine.close());

test.each(['for (;;);', 'setTimeout(() => {}, 50000)', `new Array(1e9) + ''`])(
  'an older run of %s gives way to a newer one within a second',
  async (script) => {
    await within(1_000, async () => {
      const older = engine.run(sampleJob(script, { learner: 'ann' }));
      await expect.poll(() => engine.stats().running).toBe(1);
      const newer = engine.run(sampleJob('console.log(1)', { learner: 'ann' }));
      expect(await older).toMatchObject({
        outcome: 'interrupted',
        error: { message: 'a newer run took the place of this one' },
      });
      expect(await newer).toMatchObject({ outcome: 'completed' });
    });
  },
);
