// A variable of one's own: what it holds, and what the trace tells of it.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { start } from './started-context.fixture.ts';

describe('a variable', () => {
  test('is made with all that leads to it, keeps its type, and is told at the end', () => {
    const { set, get, result } = start();
    const text = randomUUID();
    set('my.deep[0].x-y', text);
    set('n', 5);
    set('yes', true);
    expect([get('my.deep[0].x-y'), get('n'), get('yes'), get('my')]).toEqual([
      text,
      5,
      true,
      { deep: [{ 'x-y': text }] },
    ]);
    expect(result().variables).toEqual({ my: { deep: [{ 'x-y': text }] }, n: 5, yes: true });
  });

  test('is gone when cleared, or set to undefined', () => {
    const { set, get, clear } = start();
    set('a.b', 1);
    set('a.c', 2);
    clear('a.b');
    set('a.c', undefined);
    clear('nothing.there');
    expect(get('a')).toEqual({});
  });

  test('names header-like members by their exact case in a context of one’s own', () => {
    const { set, get } = start();
    set('foo.headers.X-A', '1');
    expect([get('foo.headers.X-A'), get('foo.headers.x-a')]).toEqual(['1', undefined]);
  });

  test('never leads to what objects inherit', () => {
    const { get, set, result } = start();
    set('o', {});
    for (const name of [
      'o.constructor',
      'o.toString',
      'constructor.prototype',
      'toString',
      'o.constructor.constructor',
    ])
      expect(get(name)).toBeUndefined();
    set('o.constructor.prototype.polluted', 1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(result().variables).toEqual({ o: { constructor: { prototype: { polluted: 1 } } } });
  });

  test('cannot hang on a plain value, or leave a hole in an array', () => {
    const { set } = start();
    set('s', 'text');
    expect(() => set('s.x', 1)).toThrow('`s` holds "text", so it has no member `x`');
    set('a', [1]);
    expect(() => set('a[1000000000]', 1)).toThrow('the array has 1 elements; expected an index from 0 to 1');
    expect(() => set('a.length', 1e9)).toThrow('expected an index');
  });

  test('stands for the API property of that name, until one of its own is there', () => {
    const { get } = start({
      variables: { api: { properties: { 'target-url': 'http://backend:8091', own: 'api' } }, own: 'mine' },
    });
    expect([get('target-url'), get('api.properties.target-url'), get('own')]).toEqual([
      'http://backend:8091',
      'http://backend:8091',
      'mine',
    ]);
  });

  test('is traced with its value at that moment, long ones cut', () => {
    const { set, get, clear, trace } = start();
    const list = [1];
    set('l', list);
    list.push(2);
    set('long', 'x'.repeat(5000));
    get('nope');
    clear('l');
    expect(
      trace.entries.map(({ operation, name, value, line }) => [
        operation,
        name,
        typeof value === 'string' ? value.length : value,
        line,
      ]),
    ).toEqual([
      ['set', 'l', [1], 2],
      ['set', 'long', 1001, 2],
      ['get', 'nope', null, 1],
      ['clear', 'l', null, 3],
    ]);
  });
});
