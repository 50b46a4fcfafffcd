// What a script writes is bounded on the host's side: console, trace, variables, headers, timers; what is cut is said to be.
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createEngine } from './engine.ts';
import { sampleJob } from './sample-job.ts';

// Time enough that the bounds are what ends these scripts.
const engine = createEngine(
  readConfig({ SCRIPT_WORKERS: '1', SCRIPT_DEADLINE_MS: '8000', SCRIPT_WALL_MS: '20000' }),
);
afterAll(() => engine.close());
const run = (script: string) => engine.run(sampleJob(script));

describe('a script that floods is cut, and said to be:', () => {
  test('console entries', async () => {
    const result = await run('for (let i = 0; i < 5000; i++) console.log(i);');
    expect(result.console).toHaveLength(500);
    expect(result.truncated).toBe(true);
  });

  test('console text', async () => {
    const result = await run(`const s = 'x'.repeat(9999); for (let i = 0; i < 50; i++) console.error(s);`);
    expect(result.console.reduce((sum, { text }) => sum + text.length, 0)).toBe(65_536);
    expect(result.truncated).toBe(true);
  });

  test('trace entries and values', async () => {
    const result = await run(
      `const s = 'x'.repeat(99999); for (let i = 0; i < 900; i++) { context.get('a' + i); if (i < 20) context.set('s', s); }`,
    );
    expect(result.trace).toHaveLength(500);
    expect(JSON.stringify(result.trace).length).toBeLessThan(100_000);
    expect(result.truncated).toBe(true);
  });

  test('variables', async () => {
    const result = await run(`const s = 'x'.repeat(1e6); for (let i = 0; ; i++) context.set('v' + i, s);`);
    expect(result).toMatchObject({
      outcome: 'threw',
      error: { name: 'RangeError', message: expect.stringContaining('may write 8388608 characters') },
    });
  });

  test('headers', async () => {
    const each = await run(`for (let i = 0; ; i++) context.message.header.set('H' + i, 'x');`);
    const list = await run(`context.set('message.headers.A', new Array(300).fill('x'));`);
    const all = await run(
      `const h = {}; for (let i = 0; i < 300; i++) h['H' + i] = 'x'; context.message.headers = h;`,
    );
    for (const { outcome, error } of [each, list, all]) {
      expect([outcome, error?.name]).toEqual(['threw', 'RangeError']);
      expect(error?.message).toContain('a message holds at most 256 headers');
    }
  });

  test('timers', async () => {
    expect(await run('for (;;) setTimeout(() => {}, 100);')).toMatchObject({
      outcome: 'threw',
      error: { message: 'more than 1000 timers and callbacks wait at once' },
    });
  });
});
