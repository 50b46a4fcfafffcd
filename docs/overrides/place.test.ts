import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

type Entry = StarlightRouteData['sidebar'][number];

function link(label: string, isCurrent: boolean): Entry {
  return { type: 'link', label, href: `/${label}/`, isCurrent, badge: undefined, attrs: {} };
}

function group(label: string, entries: Entry[]): Entry {
  return { type: 'group', label, entries, collapsed: false, badge: undefined };
}

test('a step knows its part, its number and how many there are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 9 }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.nat(),
      fc.nat(),
      (parts, pickPart, pickStep) => {
        const partIndex = pickPart % parts.length;
        const steps = parts[partIndex] ?? [];
        const stepIndex = pickStep % steps.length;
        const sidebar = parts.map((labels, p) =>
          group(
            `part ${p}`,
            labels.map((label, s) => link(label, p === partIndex && s === stepIndex)),
          ),
        );
        expect(placeOf([link('welcome', false), ...sidebar])).toEqual({
          part: `part ${partIndex}`,
          step: stepIndex + 1,
          steps: steps.length,
        });
      },
    ),
  );
});

test('a page outside the parts has no place', () => {
  expect(placeOf([link('welcome', true), group('part', [link('step', false)])])).toBeNull();
});

test.each(['Reference', 'Troubleshooting', 'What is emulated'])(
  'a page of the group %s is no step',
  (label) => {
    expect(placeOf([group(label, [link('crypto', true)])])).toBeNull();
  },
);

test('the list of a group’s steps has no number, and is not counted', () => {
  const step = (label: string, isCurrent: boolean) => ({
    ...link(label, isCurrent),
    attrs: { 'data-lab-step': label },
  });
  const exercises = (current: string) =>
    group('Exercises', [
      link('exercises', current === 'exercises'),
      step('first', current === 'first'),
      step('second', current === 'second'),
    ]);
  expect(placeOf([exercises('second')])).toEqual({ part: 'Exercises', step: 2, steps: 2 });
  expect(placeOf([exercises('exercises')])).toBeNull();
});
