// A job that cannot be copied to a worker is answered all the same, and costs neither the worker nor the next run.
import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createEngine } from '../engine.ts';
import { sampleJob } from '../sample-job.ts';
import type { JsonObject } from '../types.ts';

const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '5000', SCRIPT_WALL_MS: '20000' }),
);
afterAll(() => engine.close());

test('variables nested beyond what a thread can take end the run with a sentence, and nothing is lost', async () => {
  await engine.run(sampleJob(''));
  const job = sampleJob(`context.set('reached', true)`, {
    variables: nested(randomInt(100_000, 200_000)),
  });
  const { outcome, error, message } = await engine.run(job);
  expect({ outcome, error, message }).toEqual({
    outcome: 'threw',
    error: {
      name: 'RangeError',
      message: 'the message or a variable is nested too deep for a script to take',
      line: null,
      column: null,
    },
    message: job.message,
  });
  const mark = randomBytes(8).toString('hex');
  const next = await engine.run(sampleJob(`context.set('mark', '${mark}')`));
  expect(next).toMatchObject({ outcome: 'completed', variables: { mark } });
  expect(engine.stats()).toMatchObject({ workersReplaced: 0, running: 0, queued: 0 });
});

function nested(levels: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 0; level < levels; level += 1) value = { deeper: value };
  return value;
}
