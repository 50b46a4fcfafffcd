import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepRequest, readRequest } from './kept-request.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('a request survives a reload, each under its own id, and can be forgotten', () => {
  const id = randomUUID();
  const parts = { method: 'POST', path: `/${randomUUID()}`, headerLines: 'A: b\nC: d', body: '{}' };
  keepRequest(id, parts);
  expect(readRequest(id)).toEqual(parts);
  expect(readRequest(randomUUID())).toBeNull();
  keepRequest(id, null);
  expect(readRequest(id)).toBeNull();
  expect(kept.size).toBe(0);
});

test.each(['nonsense', '5', '{"method":"GET"}', '{"method":"GET","path":"/","headerLines":[],"body":""}'])(
  'what is damaged counts as nothing: %s',
  (text) => {
    const id = randomUUID();
    kept.set(`lab.edit.v1.${id}/request`, text);
    expect(readRequest(id)).toBeNull();
  },
);
