// The places and texts that a run tells are the script's own, whatever the script claims.
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createEngine } from './engine.ts';
import { sampleJob } from './sample-job.ts';

const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '1000', SCRIPT_WALL_MS: '20000' }),
);
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

test('what was called and is no function is told by its name, wherever it was called', async () => {
  const message = 'context.message.setHeader is not a function';
  const call = "context.message.setHeader('a', 'b')";
  for (const script of [call, `setTimeout(() => ${call})`, `[1].map(() => ${call})`])
    expect(await run(`\n${script}`)).toMatchObject({ error: { name: 'TypeError', message, line: 2 } });
  const later = await run(`\n(async () => { await 1; ${call} })()`);
  expect(later.error).toMatchObject({ message: `unhandled promise rejection: ${message}`, line: 2 });
});

test('a built-in that was given what is no function is told by its name', async () => {
  const { error } = await run('const wanted = context.wanted;\n[1].map(wanted);');
  expect(error).toMatchObject({ message: 'map was given what is not a function', line: 2 });
});

test('the words of a script’s own error stay as they are', async () => {
  expect((await run("throw new TypeError('not a function')")).error?.message).toBe('not a function');
});

test.each([
  ['members', `var a = {}; a.a = a; a${'.a'.repeat(30_000)};`],
  ['calls', `var f = () => f; f${'()'.repeat(30_000)};`],
  ['sums', `if (0) { var b = 1${'+1'.repeat(20_000)}; }`],
])('a value thrown behind a chain of %s is told as any other', async (_kind, chain) => {
  const before = engine.stats().workersReplaced;
  expect(await run(`${chain}\nthrow { code: 7 };`)).toMatchObject({
    outcome: 'threw',
    error: { message: 'thrown: { code: 7 }', line: 2 },
  });
  expect(engine.stats().workersReplaced).toBe(before);
});
