import { expect, test } from 'vitest';
import { nameProblem, parseNames } from './kept-names.ts';

test('only the four names in their forms are taken from what is kept', () => {
  const kept = {
    gateway: 'api.example.com:9443',
    organization: 'acme',
    catalog: '',
    backend: 'http://x',
    other: 'y',
  };
  expect(parseNames(JSON.stringify(kept))).toEqual({ gateway: 'api.example.com:9443', organization: 'acme' });
  for (const text of [null, '', '{', '[]', 'null', '7', '{"gateway": 7}', '{"gateway": "<script>"}'])
    expect(parseNames(text)).toEqual({});
});

test.each([
  ['gateway', 'wss://api.example.com'],
  ['gateway', 'api.example.com/x'],
  ['organization', 'my org'],
  ['catalog', '-'],
  ['backend', "backend:8091'; rm"],
] as const)('%s cannot be %s, and the sentence says how it is written', (kind, text) => {
  expect(nameProblem(kind, text)).toMatch(/\w/);
});

test.each([
  ['gateway', '[::1]:9443'],
  ['gateway', 'localhost'],
  ['organization', 'maple-heron'],
  ['backend', '192.168.1.20:8091'],
  ['catalog', ''],
] as const)('%s can be %s', (kind, text) => {
  expect(nameProblem(kind, text)).toBeNull();
});
