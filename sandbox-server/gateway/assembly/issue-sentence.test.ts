import { expect, it } from 'vitest';
import { z } from 'zod';
import { issueSentence } from './issue-sentence.ts';

const several = z.union([z.string(), z.number()]);

it.each([
  ['of several types, missing', several, undefined, 'missing; expected string or number'],
  ['of several types, wrong', several, [], 'expected string or number'],
  ['of one type, missing', z.array(z.string()), undefined, 'missing; expected array'],
  ['of names', z.record(z.string(), z.string()), 5, 'expected object, received number'],
  ['a number that is none', z.coerce.number(), 'soon', 'expected number'],
  ['with words of its own', z.string({ error: 'expected a colour' }), 5, 'expected a colour'],
])('a value %s', (_, schema, value, sentence) => {
  const { error } = schema.safeParse(value);
  expect(error?.issues.map(issueSentence)).toEqual([sentence]);
});
