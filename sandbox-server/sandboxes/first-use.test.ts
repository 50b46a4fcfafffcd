import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StillCompiling } from './errors.ts';
import { compiledAgain, createFirstUse } from './first-use.ts';

test('any number of first uses load once, and none after them loads again', async () => {
  const loading = Promise.withResolvers<void>();
  let loads = 0;
  const ready = createFirstUse(() => {
    loads += 1;
    return loading.promise;
  }, 60_000);
  const uses = Array.from({ length: 2 + Math.floor(Math.random() * 20) }, ready);
  let settled = 0;
  for (const use of uses) void use?.then(() => (settled += 1));
  await setImmediate();
  expect([loads, settled]).toEqual([1, 0]);
  loading.resolve();
  await Promise.all([...uses, ready()]);
  expect(loads).toBe(1);
});

test('whoever waits too long is told so while the loading goes on, and comes again to find it done', async () => {
  const loading = Promise.withResolvers<void>();
  const ready = createFirstUse(() => loading.promise, 1);
  await expect(ready()).rejects.toThrow(StillCompiling);
  loading.resolve();
  await loading.promise;
  await ready();
});

test('a loading that fails is told to all who wait for it, and the next use begins anew', async () => {
  const fails = [new Error('no room')];
  const ready = createFirstUse(async () => {
    const error = fails.shift();
    if (error) throw error;
  }, 60_000);
  const uses = await Promise.allSettled([ready(), ready()]);
  expect(uses.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await ready();
});

test('a compiler that fails once, as on a busy machine, takes nothing from a stored definition', async () => {
  let fails = 1;
  const compile = async () => {
    fails -= 1;
    if (fails >= 0) throw new Error('no thread came up');
    return 'compiled';
  };
  expect(await compiledAgain(compile, () => 'not compiled')).toBe('compiled');
});
