import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headScript } from './inline.ts';
import { progressText } from './progress-document.ts';
import { PROGRESS_KEY } from './progress-store.ts';

/** What the script of the head hands to those who show it, in a page whose browser keeps this text. */
function shownWith(getItem: (key: string) => string | null): unknown {
  const script = `${headScript};
    let seen; labShows.length = 0; labShows.push((root, now) => { seen = [root, now]; }); labShowProgress(); JSON.stringify(seen)`;
  return JSON.parse(
    String(
      runInNewContext(script, {
        localStorage: { getItem },
        document: { currentScript: { parentElement: 'parent' } },
      }),
    ),
  );
}

const NOTHING = ['parent', { passed: [], last: null }];

test('the script of the head shows what the store has kept', () => {
  const at = '2026-03-01T10:00:00.000Z';
  const step = fc.stringMatching(/^[a-z]{1,6}(-[a-z]{1,4})?$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(step, { maxLength: 9 }),
      fc.option(fc.record({ step, heading: fc.string() })),
      (steps, last) => {
        const text = progressText({
          passed: new Map(steps.map((each) => [each, at])),
          last: last && { ...last, at },
        });
        expect(shownWith((key) => (key === PROGRESS_KEY ? text : null))).toEqual([
          'parent',
          { passed: steps, last },
        ]);
      },
    ),
    { numRuns: 50 },
  );
});

test('whatever else is kept, the page shows nothing rather than fails', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(shownWith(() => text)).toEqual(NOTHING);
    }),
    { numRuns: 50 },
  );
  expect(shownWith(() => '{"version": 2, "passed": {"deploy": "x"}}')).toEqual(NOTHING);
  expect(
    shownWith(() => {
      throw new Error('The operation is insecure.');
    }),
  ).toEqual(NOTHING);
});

test('it is small enough to stand in every page', () => {
  expect(headScript.length).toBeLessThan(1_200);
  expect(headScript).not.toContain('</script');
});
