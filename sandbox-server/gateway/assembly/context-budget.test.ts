// Definitions that make a lot of little: references that double, lists that grow, queries that are looked through again and again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../started-gateway.fixture.ts';
import { askFlow, catching, handler, logged, setting, word } from './flow.fixture.ts';

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway();
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});

const doubled = (name: string) =>
  Array.from({ length: 60 }, () => `{set: ${name}, value: "$(${name})$(${name})"}`);
const many = '$(a)'.repeat(4_000);

it.each([
  ['a variable that doubles', ['{set: a, value: abcdefgh}', ...doubled('a')]],
  ['a header that doubles', ['{set: message.headers.a, value: b}', ...doubled('message.headers.a')]],
  ['a body that doubles', ['{set: message.body, value: b}', ...doubled('message.body')]],
  [
    'one long reading',
    ['{set: a, value: abcdefgh}', ...doubled('a').slice(0, 18), `{set: b, value: "${many}"}`],
  ],
  ['many readings that come to nothing', [`{set: b, value: "${'$(request.parameters.x)'.repeat(9_000)}"}`]],
  [
    'a list that grows',
    [
      '{set: a, value: abcdefgh}',
      ...doubled('a').slice(0, 16),
      ...Array.from({ length: 40 }, () => '{add: l, value: $(a)}'),
    ],
  ],
  [
    'headers without end',
    Array.from({ length: 400 }, (_, i) => `{add: message.headers.X-${i % 3}, value: a}`),
  ],
])('%s is a PropertyError, and the next request is answered', async (_, actions) => {
  const first = await askFlow(lab, setting(...actions), {
    path: `?${'q=1&'.repeat(2_000)}`,
    rest: catching(handler('default', setting('{clear: a}'))),
  });
  expect(first.status).toBe(500);
  expect(logged(lab).join()).toContain('takes over the error PropertyError');
  lab.events.length = 0;
  const value = word();
  const next = await askFlow(lab, setting(`{set: message.headers.X-Told, value: ${value}}`));
  expect([next.status, next.header('X-Told')]).toEqual([200, value]);
});
