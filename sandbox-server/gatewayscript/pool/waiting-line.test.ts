import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWaitingLine } from './waiting-line.ts';

test('sources take turns, each in its own order, however much one of them brings', () => {
  const line = createWaitingLine<string>();
  for (const job of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) line.push(job.charAt(0), job);
  const served = Array.from({ length: 6 }, () => line.shift());
  expect(served).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  expect(line.shift()).toBeUndefined();
});

test('nothing is lost and every count is right, whatever comes and goes', () => {
  const deed = fc.oneof(
    fc.record({ kind: fc.constant('push'), source: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constantFrom('shift', 'remove'), source: fc.constantFrom('a', 'b', 'c') }),
  );
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const line = createWaitingLine<{ source: string }>();
      const waiting = new Set<{ source: string }>();
      for (const { kind, source } of deeds) {
        if (kind === 'push') {
          const job = { source };
          line.push(source, job);
          waiting.add(job);
        } else {
          const job = kind === 'shift' ? line.shift() : [...waiting].find((each) => each.source === source);
          if (kind === 'remove') expect(job ? line.remove(source, job) : false).toBe(job !== undefined);
          if (job) expect(waiting.delete(job)).toBe(true);
        }
        expect(line.length).toBe(waiting.size);
        for (const each of ['a', 'b', 'c'])
          expect(line.lengthOf(each)).toBe([...waiting].filter((job) => job.source === each).length);
      }
      expect(new Set(line.clear())).toEqual(waiting);
      expect(line.length).toBe(0);
    }),
  );
});
