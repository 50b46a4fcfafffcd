// `urlopen` is bounded in every way.
import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { TARGET_BODY_MAX_BYTES, TARGET_CALLS_MAX } from '../../limits.ts';
import type { OpenTarget } from '../../types.ts';
import { startScripts } from './script-value.ts';
import { answering, startUrlopen, urlopen } from './urlopen.fixture.ts';

const { scripts, logged } = startUrlopen();

describe('bounds', () => {
  test(`the call after ${TARGET_CALLS_MAX} is refused by name`, async () => {
    const { calls, openTarget } = answering();
    const script = `${urlopen}\nfor (let n = 0; n <= ${TARGET_CALLS_MAX}; n += 1) urlopen.open('http://a', () => {})`;
    const { error } = await scripts.run(script, { openTarget });
    expect(error?.message).toMatch(new RegExp(`may open ${TARGET_CALLS_MAX} targets in one run`));
    expect(calls).toHaveLength(TARGET_CALLS_MAX);
  });

  test('data beyond the limit is refused', async () => {
    const { error } = await scripts.run(
      `${urlopen} urlopen.open({ target: 'http://a', data: 'x'.repeat(${TARGET_BODY_MAX_BYTES + 1}) }, () => {})`,
    );
    expect(error?.message).toMatch(/the data has \d+ bytes; at most/);
  });

  test('an answer that never comes ends with the deadline, and what is open is aborted', async () => {
    const own = startScripts({ SCRIPT_DEADLINE_MS: '1000', SCRIPT_WALL_MS: '1500' });
    const aborted = Promise.withResolvers<boolean>();
    const result = await own.run(`${urlopen} urlopen.open('http://a', () => {})`, {
      openTarget: (_call, signal) =>
        new Promise(() => signal.addEventListener('abort', () => aborted.resolve(true))),
    });
    expect(result.outcome).toBe('interrupted');
    expect(await aborted.promise).toBe(true);
    await own.close();
  });

  test('twenty calls of the greatest size, each answered with as much, leave the next run as any other', async () => {
    const bytes = randomBytes(TARGET_BODY_MAX_BYTES);
    const sizes: number[] = [];
    const { outcome } = await scripts.run(
      `${urlopen} const data = Buffer.alloc(${TARGET_BODY_MAX_BYTES}, 255);
       for (let n = 0; n < ${TARGET_CALLS_MAX}; n += 1)
         urlopen.open({ target: 'http://a', data }, (e, r) => r.readAsBuffer((e2, b) => console.log('%d', b.length)));`,
      {
        openTarget: async ({ body }) => {
          sizes.push(body.length);
          return { kind: 'answered', status: 200, reason: '', headers: [], body: bytes };
        },
      },
    );
    // Whether time or memory suffice is the machine's affair; that it ends, and what comes after it, is ours.
    expect(['completed', 'out-of-memory', 'interrupted', 'threw']).toContain(outcome);
    expect(new Set(sizes)).toEqual(new Set([TARGET_BODY_MAX_BYTES]));
    const { openTarget } = answering('still here');
    const script = `urlopen.open('http://a', (e, r) => r.readAsBuffer((e2, b) => console.log('%s', b.toString())))`;
    expect(await logged(script, openTarget)).toBe('still here');
  });

  test('an answer that comes too late reaches no later run', async () => {
    const late = Promise.withResolvers<void>();
    const openTarget: OpenTarget = async () => {
      await late.promise;
      return { kind: 'answered', status: 200, reason: '', headers: [], body: Buffer.from('late') };
    };
    const first = await scripts.run(
      `${urlopen} urlopen.open('http://a', () => {}); throw new Error('enough')`,
      {
        openTarget,
      },
    );
    expect(first.outcome).toBe('threw');
    late.resolve();
    const { openTarget: second } = answering('second');
    const script = `urlopen.open('http://a', (e, r) => r.readAsBuffer((e2, b) => console.log('%s', b.toString())))`;
    for (let n = randomInt(2, 4); n > 0; n -= 1) expect(await logged(script, second)).toBe('second');
  });
});
