import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { compileDefinition } from '../../definition/compile.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../../started-gateway.fixture.ts';
import { ask } from '../plain-request.fixture.ts';

let lab: StartedGateway;
beforeEach(async () => {
  lab = await startGateway();
});
afterEach(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});

const limiting = (...lines: string[]) =>
  [
    '- ratelimit:',
    '    version: 2.3.0',
    '    source: plan-named',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
/** In flow style, so that a test reads in one line; a week, so that no test meets the end of an interval. */
const rates = (schemes: string) => `  assembly-rate-limits: {${schemes}}`;
const counts = (schemes: string) => `  assembly-count-limits: {${schemes}}`;
const statuses = async (times: number, ...requests: NonNullable<Parameters<typeof ask>[1]>[]) => {
  const found: (number | undefined)[] = [];
  for (let i = 0; i < times; i += 1)
    for (const request of requests.length > 0 ? requests : [{}]) found.push((await ask(lab, request)).status);
  return found;
};

describe('ratelimit', () => {
  it('lets as many requests on as the limit has, and answers 429 to the next', async () => {
    const units = 1 + Math.floor(Math.random() * 5);
    lab.deploy(
      definitionText(
        '/one',
        limiting('rate-limit: [{name: orders, operation: consume}]'),
        rates(`orders: [{value: ${units}/1week}]`),
      ),
    );
    expect(await statuses(units)).toEqual(Array.from({ length: units }, () => 200));
    const answer = await ask(lab);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      429,
      { httpCode: '429', httpMessage: 'Too Many Requests', moreInformation: 'Assembly Rate Limit exceeded' },
    ]);
    expect(answer.headers).toMatchObject({
      'x-ratelimit-limit': `name=orders,${units};`,
      'x-ratelimit-remaining': 'name=orders,0;',
      'x-ratelimit-reset': expect.stringMatching(/^\d+$/),
    });
    expect(lab.told('gateway-log').at(-1)?.text).toMatch(
      /^AssemblyRateLimitError: The assembly limit orders \(/,
    );
  });

  it('gives back with replenish, counts by weight, and keeps the counts when the API is deployed again', async () => {
    const policy = [
      `- gatewayscript:\n    version: 2.0.0\n    source: context.set('weight', Number(context.get('request.headers.X-Weight')));`,
      limiting('rate-limit: [orders]'),
    ].join('\n');
    const back = limiting('rate-limit: [{name: orders, operation: replenish}]');
    const limit = rates('orders: [{value: 10/1week, weight: weight}]');
    lab.deploy(definitionText('/one', policy, limit));
    const weighing = (weight: number) => ({ headers: { 'X-Weight': String(weight) } });
    expect(await statuses(1, weighing(6), weighing(5), weighing(4), weighing(1))).toEqual([
      200, 429, 200, 429,
    ]);
    lab.deploy(definitionText('/one', `${policy.split('\n').slice(0, 3).join('\n')}\n${back}`, limit));
    expect(await statuses(1, weighing(3))).toEqual([200]);
    lab.deploy(definitionText('/one', policy, limit));
    expect(await statuses(1, weighing(4), weighing(3))).toEqual([429, 200]);
  });

  it('weighs a request by the size that parse has measured', async () => {
    const policy = `- parse:\n    version: 2.0.0\n${limiting('rate-limit: [bytes]')}`;
    lab.deploy(
      definitionText(
        '/one',
        policy,
        rates('bytes: [{value: 100/1week, weight: message.attributes.parse.DocumentSize}]'),
      ),
    );
    const sized = (bytes: number) => ({ method: 'POST', body: `"${'x'.repeat(bytes - 2)}"` });
    expect(await statuses(1, sized(60), sized(41), sized(40), sized(2))).toEqual([200, 429, 200, 429]);
  });

  it('a soft limit is told only, and one that is not the client’s own is 503', async () => {
    const policy = limiting('rate-limit: [soft, inner]');
    const limit = rates(
      'soft: [{value: 1/1week, hard-limit: false}], inner: [{value: 2/1week, is-client: false}]',
    );
    lab.deploy(definitionText('/one', policy, limit));
    expect(await statuses(3)).toEqual([200, 200, 503]);
    expect(lab.told('gateway-log')).toMatchObject([
      { level: 'warn', text: expect.stringContaining('soft (1/1week) is used up') },
      { level: 'error', text: expect.stringContaining('inner (2/1week) is used up') },
    ]);
    expect((await ask(lab)).headers).not.toHaveProperty('x-ratelimit-limit');
  });

  it('a limit of one API is its own, one that is for all is shared', async () => {
    const policy = limiting('rate-limit: [own, shared]');
    const limit = rates('own: [{value: 1/1week, use-api-name: true}], shared: [{value: 3/1week}]');
    for (const path of ['/one', '/two', '/three', '/four'])
      lab.deploy(
        definitionText(path, policy, limit).replace('x-ibm-name: test', `x-ibm-name: a${path.slice(1)}`),
      );
    const paths = ['/one', '/one', '/two', '/three', '/four'].map((path) => ({
      path: `/maple/sandbox${path}`,
    }));
    expect(await statuses(1, ...paths)).toEqual([200, 429, 200, 200, 429]);
  });

  it('unlimited is no limit, and a weight that is no number counts as 1', async () => {
    const policy = limiting('rate-limit: [all, one]');
    const limit = rates('all: [{value: unlimited}], one: [{value: 2/1week, weight: nothing}]');
    lab.deploy(definitionText('/one', policy, limit));
    expect(await statuses(3)).toEqual([200, 200, 429]);
    expect(lab.told('gateway-log')[0]?.text).toContain('nothing has no value');
  });

  it('a sandbox that is gone takes its counts along, and another has its own', async () => {
    const text = definitionText(
      '/one',
      limiting('rate-limit: [orders]'),
      rates('orders: [{value: 1/1week}]'),
    );
    lab.deploy(text);
    expect(await statuses(2)).toEqual([200, 429]);
    await lab.close();
    lab = await startGateway();
    lab.deploy(text);
    expect(await statuses(2)).toEqual([200, 429]);
  });
});

describe('ratelimit in front of a handshake', () => {
  it.each([
    ['websocket-upgrade', upgradePolicy()],
    ['a scripted 101', scriptPolicy(handshakeScript())],
  ])('%s: handshakes are counted, messages are not', async (_, last) => {
    const policy = `${limiting('rate-limit: [orders]')}\n${last}`;
    lab.deploy(definitionText('/one', policy, rates('orders: [{value: 1/1week}]')));
    const socket = lab.connect('/maple/sandbox/one');
    await once(socket, 'open');
    for (let i = 0; i < 5; i += 1) socket.send(String(i));
    const [, response] = await once(lab.connect('/maple/sandbox/one'), 'unexpected-response');
    expect(response.statusCode).toBe(429);
    response.resume();
    socket.terminate();
    await lab.tells('connection-closed');
  });

  it('a count limit with auto-decrement bounds the connections that are open at once', async () => {
    const policy = `${limiting('count-limit: [{name: open, operation: inc}]')}\n${upgradePolicy()}`;
    lab.deploy(definitionText('/one', policy, counts('open: [{value: 2, auto-decrement: true}]')));
    const open = async () => {
      const socket: WebSocket = lab.connect('/maple/sandbox/one');
      await once(socket, 'open');
      return socket;
    };
    const [first, second] = [await open(), await open()];
    const [, response] = await once(lab.connect('/maple/sandbox/one'), 'unexpected-response');
    expect(response.statusCode).toBe(429);
    response.resume();
    first.close();
    await once(first, 'close');
    await lab.tells('connection-closed');
    const third = await open();
    second.terminate();
    third.terminate();
  });
});

it.each([
  ['no limit of that name', limiting('rate-limit: [ordr]'), 'warning', 'ratelimit-unknown'],
  ['no limit at all', limiting(), 'warning', 'ratelimit-none'],
  ['the plan’s own limits', '- ratelimit:\n    version: 2.0.0', 'warning', 'ratelimit-none'],
  [
    'an operation that there is not',
    limiting('rate-limit: [{name: orders, operation: use}]'),
    'error',
    'property-type',
  ],
])('deployment tells %s', (_, policy, severity, rule) => {
  const text = definitionText('/one', policy, rates('orders: [{value: 1/1week}]'));
  const { diagnostics } = compileDefinition(text, 'one');
  expect(diagnostics.filter(({ path }) => path.includes('ratelimit'))).toMatchObject([{ severity, rule }]);
});

it.each([
  ['a rate', rates('orders: [{value: 0/1hour}]'), /orders \(0\/1hour\).*refused.*100\/1hour/],
  ['a soft rate', rates('orders: [{value: 0/1hour, hard-limit: false}]'), /logged as one too many/],
  ['a count', counts('open: [{value: 0}]'), /open \(0\).*refused.*e\.g\. 3/],
])('deployment warns of %s that lets nothing through, with the mend', (_, limits, message) => {
  const text = definitionText('/one', limiting('rate-limit: [orders]'), limits);
  const { definition, diagnostics } = compileDefinition(text, 'one');
  const found = diagnostics.filter(({ rule }) => rule === 'assembly-limit-zero');
  expect(definition).not.toBeNull();
  expect(found).toMatchObject([{ severity: 'warning', message: expect.stringMatching(message) }]);
  expect(text.split('\n')[(found[0]?.line ?? 0) - 1]).toContain('value: 0');
});

it.each([
  ['a rate', rates('orders: [{value: 10}]')],
  ['a count', counts('open: [{value: 3/1minute}]')],
  ['a limit', rates('orders: 10')],
])('deployment tells %s that cannot be read, at its own place', (_, limits) => {
  const text = definitionText('/one', limiting('rate-limit: [orders]'), limits);
  const { definition, diagnostics } = compileDefinition(text, 'one');
  const found = diagnostics.find(({ rule }) => rule === 'assembly-limit');
  expect([definition, found?.severity]).toEqual([null, 'error']);
  expect(text.split('\n')[(found?.line ?? 0) - 1]).toBe(limits);
});
