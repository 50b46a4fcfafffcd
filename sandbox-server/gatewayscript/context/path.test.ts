// Every notation of a variable's name leads to the same keys, and a wrong one says where it is wrong.
import { describe, expect, test } from 'vitest';
import { parsePath, printPath } from './path.ts';

describe('a name', () => {
  test.each([
    ['message.headers.Content-Type', ['message', 'headers', 'Content-Type']],
    [`message.headers['X.Y']`, ['message', 'headers', 'X.Y']],
    [`a["b'c"].d`, ['a', "b'c", 'd']],
    [`a['it\\'s']`, ['a', "it's"]],
    ['a[0].b[12]', ['a', 0, 'b', 12]],
    ['a[b-c]', ['a', 'b-c']],
    [`['x']['y']`, ['x', 'y']],
    ['a b.c', ['a b', 'c']],
    [`a['']`, ['a', '']],
  ])('%s', (name, keys) => {
    expect(parsePath(name, 'context.get')).toEqual(keys);
  });

  test.each(['a..b', 'a.', '.a', 'a[', 'a[0', 'a]b', `a['b]`, 'a[0]b', 'a.[0]', 'a[]'])(
    '%s is malformed, and says where',
    (name) => {
      expect(() => parsePath(name, 'context.get')).toThrow(
        /^context\.get: the variable's name ".*" is malformed at character \d+; expected/,
      );
    },
  );

  test.each([[undefined], [7], [null], [{}]])('%s is no name', (name) => {
    expect(() => parsePath(name, 'context.set')).toThrow(/^context\.set: the variable's name is/);
  });

  test('may not be empty, endless, or lead to a prototype', () => {
    expect(() => parsePath('', 'c')).toThrow('empty');
    expect(() => parsePath(Array(99).fill('a').join('.'), 'c')).toThrow('more than 64 parts');
    expect(() => parsePath('a.__proto__.b', 'c')).toThrow('`__proto__` cannot be part of');
    expect(() => parsePath(`a['__proto__']`, 'c')).toThrow('`__proto__` cannot be part of');
  });

  test('prints as it would be written, and reads back the same', () => {
    for (const keys of [
      ['a', 'b-c', 0],
      ['a', 'b.c', "it's", 'x]'],
      ['', 'b\\c.'],
    ]) {
      expect(parsePath(printPath(keys), 'c')).toEqual(keys);
    }
    expect(printPath(['message', 'headers', 'X-A'])).toBe('message.headers.X-A');
  });
});
