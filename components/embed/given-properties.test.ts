import { expect, test } from 'vitest';
import { givenProperties } from './given-properties.ts';

test('properties are a JSON object, or a mistake of the page that it can mend', () => {
  expect(givenProperties(null)).toEqual({});
  expect(givenProperties(' ')).toEqual({});
  expect(givenProperties('{"a": {"b": [1, null]}}')).toEqual({ a: { b: [1, null] } });
  for (const wrong of ['{', '5', 'null', '[1]', '"a"'])
    expect(() => givenProperties(wrong)).toThrow(/JSON object/);
});
