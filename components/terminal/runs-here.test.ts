import { expect, test } from 'vitest';
import { runsHere } from './runs-here.ts';

test.each([
  ['websocat -v --insecure wss://localhost:9443/demo/sandbox/x\n', true],
  ['curl -i -k \\\n  https://localhost:9443/x', true],
  ['node websocket_server.js', true],
  ['npx wscat -c ws://localhost:8091', false],
  ['mkdir a\ncd a\nnpm install ws', false],
  ['curl a\ncurl b', false],
  ['websocat', false],
])('%j: %s', (code, runs) => {
  expect(runsHere(code)).toBe(runs);
});
