import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { parseEvent } from '../sandbox/gateway-event.ts';
import { consoleOf } from './console-lines.ts';

let lastId = 0;
/** As it comes over the wire. */
function event(body: object): GatewayEvent {
  lastId += 1;
  const told = parseEvent(
    JSON.stringify({ id: lastId, at: new Date(0).toISOString(), connection: null, ...body }),
  );
  if (!told) throw new Error('the page does not know this event');
  return told;
}

test('the console of a port has its lines and what became of its server, in order, and nothing of other ports', () => {
  const text = randomUUID();
  const events = [
    event({ type: 'server-started', port: 8091 }),
    event({ type: 'server-console', port: 8091, level: 'log', text }),
    event({ type: 'server-console', port: 9000, level: 'log', text: 'other' }),
    event({ type: 'api-removed', api: 'x' }),
    event({ type: 'server-console', port: 8091, level: 'error', text: 'oh' }),
    event({ type: 'server-crashed', port: 8091, message: 'Error: mine', line: 7, column: 3 }),
  ];
  const { lines, state } = consoleOf(events, 8091);
  expect(state).toBe('crashed');
  expect(lines.map(({ tone, text: line, line: place }) => [tone, line, place])).toEqual([
    ['ok', 'Your server runs.', null],
    ['plain', text, null],
    ['error', 'oh', null],
    ['bad', 'Your server has crashed. Its clients are told 1011. Error: mine', 7],
  ]);
});

test.each([
  [[], 'none'],
  [['server-started'], 'running'],
  [['server-started', 'server-stopped'], 'stopped'],
  [['server-started', 'server-crashed', 'server-started'], 'running'],
])('after %j the server is %s', (types, state) => {
  const events = types.map((type) =>
    event({ type, port: 1, reason: 'r', message: 'm', line: null, column: null }),
  );
  expect(consoleOf(events, 1).state).toBe(state);
  expect(consoleOf(events, 2).state).toBe('none');
});
