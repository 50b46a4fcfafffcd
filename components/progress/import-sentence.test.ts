import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importSentence } from './import-sentence.ts';
import type { Progress } from './progress-document.ts';

const AT = '2026-03-01T10:00:00.000Z';
const passed = (...steps: string[]): Progress => ({
  passed: new Map(steps.map((step) => [step, AT])),
  last: null,
});
const known = new Set(['deploy', 'target-url', 'wss-scheme']);

test.each([
  [passed(), passed('deploy', 'target-url'), 'Of 2 passed steps in the file, 2 are new here.'],
  [passed('deploy'), passed('deploy'), 'Of 1 passed step in the file, 0 are new here.'],
  [passed('deploy'), passed('deploy', 'wss-scheme'), 'Of 2 passed steps in the file, 1 is new here.'],
  [passed(), passed(), 'The file has no passed step of these pages.'],
  [
    passed(),
    passed('deploy', 'gone'),
    'Of 1 passed step in the file, 1 is new here. No page here has gone: kept all the same, in case the page comes back.',
  ],
])('the sentence counts what is new, and names what no page has', (before, file, sentence) => {
  expect(importSentence(before, file, known)).toBe(sentence);
});

test('however many strange steps a file has, three are named', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 400 }), (count) => {
      const strange = Array.from({ length: count }, (_, index) => `s${index}`);
      expect(importSentence(passed(), passed(...strange), known)).toContain(
        `s0, s1, s2 and ${count - 3} more:`,
      );
    }),
  );
});
