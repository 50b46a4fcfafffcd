// Flow through an assembly over real sockets: variables and branches.
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../definition/compile.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';
import { askFlow, type FlowOptions, logged, setting, word } from './flow.fixture.ts';

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway();
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});
beforeEach(() => {
  lab.events.length = 0;
});
const ask = (policies: string, options?: FlowOptions) => askFlow(lab, policies, options);

describe('a script', () => {
  it('reads the parameters of the path and of the query', async () => {
    const [inPath, inQuery] = [word(), word()];
    const answer = await ask(scriptPolicy("context.message.body.write(context.get('request.parameters'))"), {
      path: `/echo/${inPath}?more=${inQuery}`,
    });
    expect(JSON.parse(answer.body)).toEqual({
      name: { locations: ['path'], values: [inPath] },
      more: { locations: ['query'], values: [inQuery] },
    });
  });
});

describe('set-variable', () => {
  it('sets headers, status, body and variables, which references and scripts read', async () => {
    const value = word();
    const answer = await ask(
      [
        setting(
          `{set: mine.deep, value: ${value}}`,
          '{set: message.headers.X-Mine, value: "$(mine.deep)-$(request.verb)"}',
          '{set: message.status.code, value: "203", type: number}',
          '{add: message.headers.X-More, value: a}',
          '{add: message.headers.X-More, value: b}',
          '{set: list, value: 1}',
          '{add: list, value: 2}',
        ),
        scriptPolicy(
          "context.message.header.set('X-List', JSON.stringify(context.get('list')) + context.get('mine.deep'))",
        ),
      ].join('\n'),
    );
    expect(answer.status).toBe(203);
    expect(answer.header('X-Mine')).toBe(`${value}-GET`);
    expect(answer.head.match(/^x-more: /gim)).toHaveLength(2);
    expect(answer.header('X-List')).toBe(`[1,2]${value}`);
  });

  it('clears what is there, and is content with what is not', async () => {
    const answer = await ask(
      setting(
        '{set: message.headers.X-Gone, value: a}',
        '{clear: message.headers.X-Gone}',
        '{clear: never.there}',
      ),
    );
    expect([answer.status, answer.header('X-Gone')]).toEqual([200, undefined]);
  });

  it.each([
    ['{set: request.verb, value: x}', 'request.verb is read-only'],
    ['{set: api.name, value: x}', 'api.name is read-only'],
    ['{set: mine, value: abc, type: number}', 'is no number'],
    ['{set: mine, value: abc, type: boolean}', 'is no boolean'],
    ['{value: abc}', 'one of set, add and clear'],
    ['{set: __proto__.x, value: abc}', ''],
  ])('%s is a PropertyError that says why', async (action, sentence) => {
    const answer = await ask(setting(action));
    expect(answer.status).toBe(500);
    expect(lab.told('policy-ended').at(-1)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining(sentence),
    });
    // As every other error of a policy: a line of the log.
    expect(lab.told('gateway-log').at(-1)).toMatchObject({
      level: 'error',
      text: expect.stringMatching(/^PropertyError: set-variable: /),
    });
  });
});

describe('branches', () => {
  const branch = (name: string) =>
    setting(`{set: message.headers.X-Branch, value: ${name}}`).replace(/^/gm, '        ');
  const switching = (cases: string) =>
    `- switch:\n    version: 2.0.0\n    title: switch\n    case:\n${cases}`;
  const caseOf = (condition: string, name: string) =>
    `      - condition: ${JSON.stringify(condition)}\n        execute:\n${branch(name).replace(/^/gm, '  ')}`;

  it('switch takes the first case whose condition holds, in either notation, else otherwise', async () => {
    const cases = [
      caseOf("$header('X-Way') = 'one'", 'one'),
      caseOf("request.headers['X-Way'] === 'two'", 'two'),
      caseOf("apim.getvariable('request.headers.x-way') == 'three'", 'three'),
      `      - otherwise:\n${branch('other').replace(/^/gm, '  ')}`,
    ].join('\n');
    for (const [way, expected] of [
      ['one', 'one'],
      ['two', 'two'],
      ['three', 'three'],
      [word(), 'other'],
    ]) {
      const answer = await ask(switching(cases), { headers: [`X-Way: ${way}`] });
      expect(answer.header('X-Branch')).toBe(expected);
    }
  });

  it('otherwise is for when no condition holds, also where it stands first', async () => {
    const cases = `      - otherwise:\n${branch('other').replace(/^/gm, '  ')}\n${caseOf("$header('X-Way') = 'one'", 'one')}`;
    for (const [way, expected] of [
      ['one', 'one'],
      ['two', 'other'],
    ]) {
      const answer = await ask(switching(cases), { headers: [`X-Way: ${way}`] });
      expect(answer.header('X-Branch')).toBe(expected);
    }
  });

  it('a condition that cannot be evaluated fails the policy, with case and line in the log', async () => {
    const answer = await ask(switching(caseOf("$sum('a') = 1", 'one')));
    expect(answer.status).toBe(500);
    expect(logged(lab).join()).toMatch(/condition of case 1 of switch \(line \d+\)/);
  });

  it('operation-switch takes the case that lists the operation', async () => {
    const policy = `- operation-switch:
    version: 2.0.0
    case:
      - operations: [{verb: post, path: /}]
        execute:
${branch('post').replace(/^/gm, '  ')}
      - operations: [none, {verb: GET, path: '/echo/{name}'}]
        execute:
${branch('echo').replace(/^/gm, '  ')}
    otherwise:
${branch('other')}`;
    for (const [method, path, expected] of [
      ['POST', '', 'post'],
      ['GET', '/echo/a', 'echo'],
      ['GET', '', 'other'],
    ] as const)
      expect((await ask(policy, { method, path })).header('X-Branch')).toBe(expected);
  });

  it('if runs its policies only where the condition holds', async () => {
    const policy = `- if:\n    version: 2.0.0\n    condition: "$header('X-On') = 'yes'"\n    execute:\n${branch('if')}`;
    expect((await ask(policy, { headers: ['X-On: yes'] })).header('X-Branch')).toBe('if');
    expect((await ask(policy)).header('X-Branch')).toBeUndefined();
  });

  it('a websocket-upgrade and a scripted 101 work in a branch', async () => {
    const indent = (text: string) => text.replace(/^/gm, '          ');
    const policy = switching(
      `      - condition: "$header('X-Way') = 'policy'"\n        execute:\n${indent(upgradePolicy())}\n      - otherwise:\n${indent(scriptPolicy(handshakeScript()))}`,
    );
    lab.deploy(definitionText('/flow', policy));
    for (const way of ['policy', 'script']) {
      const socket = lab.connect('/maple/sandbox/flow', [], { headers: { 'X-Way': way } });
      await once(socket, 'open');
      socket.terminate();
    }
  });
});

describe('deployment', () => {
  it.each([
    [
      '- switch: {version: 2.0.0, case: [{condition: "$httpVerb( = 1", execute: []}]}',
      'condition-syntax',
      'warning',
    ],
    [
      '- switch: {version: 2.0.0, case: [{condition: "request.verb===\'GET\'", execute: []}]}',
      'condition-notation',
      'warning',
    ],
    ['- switch: {version: 2.0.0, case: [{execute: []}]}', 'condition-missing', 'error'],
    ['- throw: {version: 2.0.0, message: x}', 'property-type', 'error'],
    ['- log: {version: 2.0.0, mode: loud}', 'property-type', 'error'],
    ['- set-variable: {version: 2.0.0}', 'property-type', 'error'],
    ['- set-variable: {version: 2.0.0, actions: [{value: a}]}', 'action-form', 'warning'],
    ['- set-variable: {version: 2.0.0, actions: [{set: a, clear: b}]}', 'action-form', 'warning'],
    ['- set-variable: {version: 2.0.0, actions: [{set: a}]}', 'action-form', 'warning'],
    [
      '- set-variable: {version: 2.0.0, actions: [{set: request.verb, value: a}]}',
      'variable-read-only',
      'warning',
    ],
    [
      '- switch: {version: 2.0.0, case: [{condition: $eval("1"), execute: []}]}',
      'condition-function',
      'warning',
    ],
    ['- if: {version: 2.0.0, condition: $httpverb() = 1, execute: []}', 'condition-function', 'warning'],
    ['- switch: {version: 2.0.0, case: [{otherwise: [{map: {}}]}]}', 'policy-unknown', 'warning'],
    ['- switch: {version: 2.0.0, case: [{otherwise: [loose]}]}', 'policy-form', 'error'],
  ])('of %s tells %s', (policy, rule, severity) => {
    const text = definitionText('/flow', policy);
    const line = text.split('\n').findIndex((each) => each.includes(policy.slice(0, 12))) + 1;
    expect(compileDefinition(text, 'flow').diagnostics).toContainEqual(
      expect.objectContaining({ rule, severity, line }),
    );
  });
});
