import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createShare } from './share.ts';

test('over any time a server works no more than its share and one burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 1_000 }),
      fc.array(fc.record({ work: fc.nat(150), idle: fc.nat(500) }), { maxLength: 50 }),
      (perSecond, turns) => {
        let now = 0;
        let cpu = 0;
        const share = createShare(
          perSecond,
          () => cpu,
          () => now,
        );
        for (const { work, idle } of turns) {
          now = Math.max(now + idle, share.freeAt());
          share.measured(() => {
            now += work;
            cpu += work;
          });
          expect(cpu).toBeLessThanOrEqual((now * perSecond) / 1_000 + 200 + work + 1e-6);
        }
      },
    ),
  );
});

test('a server that has done little waits for nothing', () => {
  let now = 0;
  let cpu = 0;
  const share = createShare(
    100,
    () => cpu,
    () => now,
  );
  for (let i = 0; i < 100; i += 1) {
    expect(share.freeAt()).toBe(0);
    now += 100;
    share.measured(() => {
      cpu += 9;
    });
  }
});
