import { expect, test } from 'vitest';
import { lessonCommand, typedCommand } from './own-command.ts';

const endpoint = 'wss://lab.example.com:9443/maple-heron/sandbox';
const names = { gateway: 'api.acme.com', organization: 'acme', catalog: 'test' };

test('a lesson’s command gets host, port and organization of the reader’s endpoint, and keeps the rest', () => {
  expect(
    lessonCommand('websocat -v --insecure wss://localhost:9443/demo/sandbox/websocket-upgrade', endpoint),
  ).toBe('websocat -v --insecure wss://lab.example.com:9443/maple-heron/sandbox/websocket-upgrade');
  expect(lessonCommand("curl -i -k 'https://localhost:9443/demo/sandbox/x?a=1'", endpoint)).toBe(
    "curl -i -k 'https://lab.example.com:9443/maple-heron/sandbox/x?a=1'",
  );
  expect(lessonCommand('node websocket_server.js', endpoint)).toBe('node websocket_server.js');
});

test.each([
  ['websocat wss://api.acme.com/acme/test/x', 'websocat wss://lab.example.com:9443/maple-heron/sandbox/x'],
  ['curl https://api.acme.com/acme/sandbox', 'curl https://lab.example.com:9443/maple-heron/sandbox'],
  [
    'websocat wss://lab.example.com:9443/acme/test/x',
    'websocat wss://lab.example.com:9443/maple-heron/sandbox/x',
  ],
])('%s, written with the reader’s names, means the endpoint', (typed, meant) => {
  expect(typedCommand(typed, endpoint, names)).toBe(meant);
});

test.each([
  'websocat wss://apixacme.com/acme/test/x',
  'websocat wss://api.acme.com/acme/testing/x',
  'websocat wss://api.acme.com/other/test/x',
  'websocat wss://evil.example/?wss://api.acme.com.evil/acme/test',
  'websocat -v wss://lab.example.com:9443/maple-heron/sandbox/x',
])('%s stays as it is', (typed) => {
  expect(typedCommand(typed, endpoint, names)).toBe(typed);
});

test('without names nothing is put in', () => {
  const line = 'websocat wss://api.acme.com/acme/test/x';
  expect(typedCommand(line, endpoint, {})).toBe(line);
});
