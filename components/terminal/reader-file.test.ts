import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { fileFor } from './reader-file.ts';

test('the reader’s file goes with node, and with no other program', () => {
  const text = randomUUID();
  for (const line of ['node websocket_server.js', '  node server.js', 'node\tserver.js'])
    expect(fileFor(line, () => text)).toEqual({ file: text });
  for (const line of ['websocat -k wss://x/node ', 'nodes x', 'node', 'curl node x'])
    expect(fileFor(line, () => expect.unreachable())).toEqual({});
  expect(fileFor('node server.js', () => null)).toEqual({});
});
