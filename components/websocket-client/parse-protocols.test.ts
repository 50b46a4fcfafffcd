import { expect, test } from 'vitest';
import { parseProtocols } from './parse-protocols.ts';

test('names between commas are offered in their order', () => {
  expect(parseProtocols(' chat.v2 , chat.v1,')).toEqual({ protocols: ['chat.v2', 'chat.v1'], problem: null });
  expect(parseProtocols('  ').protocols).toEqual([]);
});

test('what a browser would throw at is told before', () => {
  for (const text of ['a b', 'a/b', 'ä', 'a, b, a']) {
    expect(parseProtocols(text).problem).not.toBeNull();
    expect(
      () =>
        new WebSocket(
          'ws://127.0.0.1:9',
          text.split(',').map((name) => name.trim()),
        ),
    ).toThrow();
  }
});
