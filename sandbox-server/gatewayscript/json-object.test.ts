import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject } from './json-object.ts';

test('an object of JSON is one, a list, a text, a number, a flag, null and nothing are none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(isJsonObject(JSON.parse(text))).toBe(text.startsWith('{'));
    }),
  );
  expect(isJsonObject(undefined)).toBe(false);
});
