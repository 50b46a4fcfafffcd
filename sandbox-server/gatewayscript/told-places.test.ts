// The places and texts that a run tells are the script's own, whatever the script claims.
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createEngine } from './engine.ts';
import { sampleJob } from './sample-job.ts';

const engine = createEngine(readConfig({ SCRIPT_WORKERS: '1' }));
afterAll(() => engine.close());
const run = (script: string) => engine.run(sampleJob(script));

test('an endless loop is told at its own line, not at the last call before it', async () => {
  const script = "const a = 1;\ncontext.get('request.path');\n\nwhile (true) {}";
  expect(await run(script)).toMatchObject({ outcome: 'interrupted', error: { line: 4, column: 1 } });
});

test('a line that the script does not have is not told', async () => {
  const forged = "const e = new Error('x');\ne.stack = 'at gatewayscript.js:99999999:7';\nthrow e;";
  expect(await run(forged)).toMatchObject({ outcome: 'threw', error: { line: null, column: null } });
});

test('what a rejection says is cut to what a log line holds', async () => {
  const { error } = await run("context.reject('x'.repeat(5e6), 'y'.repeat(5e6));");
  expect(error).toMatchObject({ name: 'x'.repeat(200), message: 'y'.repeat(2000) });
});
