import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  LONGEST_TEXT,
  MOST_STEPS,
  merged,
  type Progress,
  parseProgress,
  progressText,
} from './progress-document.ts';

const time = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const step = fc.constantFrom('deploy', 'target-url', 'constructor', 'to-string', 'a', 'b-2');
const progress: fc.Arbitrary<Progress> = fc.record({
  passed: fc.array(fc.tuple(step, time)).map((entries) => new Map(entries)),
  last: fc.option(fc.record({ step, at: time, heading: fc.string({ maxLength: 100 }) })),
});

test('what was written is read as it was', () => {
  fc.assert(
    fc.property(progress, (each) => {
      expect(parseProgress(progressText(each))).toEqual({ progress: each });
    }),
  );
});

test('merged, a passed step stays passed since its earlier time, whichever comes first', () => {
  fc.assert(
    fc.property(progress, progress, (one, other) => {
      const { passed, last } = merged(one, other);
      expect(new Set(passed.keys())).toEqual(new Set([...one.passed.keys(), ...other.passed.keys()]));
      for (const [step, at] of passed)
        expect(at).toBe(
          [one.passed.get(step), other.passed.get(step)].filter((each) => each !== undefined).sort()[0],
        );
      expect(merged(other, one).passed).toEqual(new Map(passed));
      expect(last?.at).toBe(
        [one.last?.at, other.last?.at]
          .filter((each) => each !== undefined)
          .sort()
          .at(-1),
      );
    }),
  );
});

test('no text whatever makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), progress.map(progressText)), fc.nat(), (text, cut) => {
      const parsed = parseProgress(text.slice(0, text.length - (cut % 3)));
      expect('problem' in parsed ? parsed.problem : 'progress').toMatch(/\w/);
    }),
  );
});

const whole: Record<string, unknown> = JSON.parse(
  progressText({
    passed: new Map([['deploy', '2026-03-01T10:00:00.000Z']]),
    last: { step: 'deploy', at: '2026-03-01T10:00:00.000Z', heading: '' },
  }),
);
test.each([
  ['no JSON', '{', 'It is no JSON.'],
  ['another JSON file', '{"name": "x"}', 'It holds no progress of this lab.'],
  ['a list', '[]', 'It holds no progress of this lab.'],
  ['a later version', { ...whole, version: 2 }, 'It has the version 2, and this page reads version 1.'],
  [
    'a wrong id',
    { ...whole, passed: { 'No id': '2026-03-01T10:00:00Z' } },
    'It is damaged at the passed step "No id".',
  ],
  [
    'a wrong time',
    { ...whole, passed: { deploy: 'yesterday' } },
    'It is damaged at the passed step "deploy".',
  ],
  [
    'a day that is none',
    { ...whole, passed: { deploy: '2026-13-41T10:00:00Z' } },
    'It is damaged at the passed step "deploy".',
  ],
  ['a wrong visit', { ...whole, last: { step: 'deploy' } }, 'It is damaged at the step that was open last.'],
  ['no visit at all', { ...whole, last: undefined }, 'It is damaged at the step that was open last.'],
  [
    'too many steps',
    {
      ...whole,
      passed: Object.fromEntries(Array.from({ length: MOST_STEPS + 1 }, (_, i) => [`s${i}`, 'x'])),
    },
    'It holds more than 500 steps.',
  ],
  ['a huge text', ' '.repeat(LONGEST_TEXT + 1), 'It is longer than any progress of this lab.'],
])('%s is refused with the reason', (_, value, problem) => {
  expect(parseProgress(typeof value === 'string' ? value : JSON.stringify(value))).toEqual({ problem });
});

test('what was kept under a renamed id counts for the new one, since the earlier time', () => {
  const [early, late] = ['2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z'];
  const text = progressText({
    passed: new Map([
      ['deploy-upgrade', late],
      ['deploy', early],
      ['gone', late],
    ]),
    last: { step: 'deploy', at: late, heading: 'x' },
  });
  expect(parseProgress(text, { deploy: 'deploy-upgrade' })).toEqual({
    progress: {
      passed: new Map([
        ['deploy-upgrade', early],
        ['gone', late],
      ]),
      last: { step: 'deploy-upgrade', at: late, heading: 'x' },
    },
  });
});
