// Flow through an assembly over real sockets: variables, branches, errors and their handlers.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../definition/compile.ts';
import { exchangeRaw } from '../raw-client.fixture.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';

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

async function ask(
  policies: string,
  options: { rest?: string; path?: string; method?: string; headers?: string[] } = {},
) {
  const { rest = '', path = '', method = 'GET', headers = [] } = options;
  lab.deploy(definitionText('/flow', policies, rest));
  const head = [`${method} /maple/sandbox/flow${path} HTTP/1.1`, 'Host: a', 'Content-Length: 0', ...headers];
  const answer = await exchangeRaw(lab.port, `${head.join('\r\n')}\r\n\r\n`);
  return { ...answer, header: (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(answer.head)?.[1] };
}

const setting = (...actions: string[]) =>
  `- set-variable:\n    version: 2.0.0\n    title: set\n    actions:\n${actions.map((action) => `      - ${action}`).join('\n')}`;
const throwing = (name: string, message = 'too cold', more = '') =>
  `- throw: {version: 2.1.0, title: cold, name: ${name}, message: ${message}${more}}`;
const catching = (handlers: string) => `    catch:\n${handlers.replace(/^/gm, '      ')}`;
const logged = () => lab.told('gateway-log').map(({ text }) => text);
const word = () => randomBytes(5).toString('hex');

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

  it('a condition that cannot be evaluated fails the policy, with case and line in the log', async () => {
    const answer = await ask(switching(caseOf("$sum('a') = 1", 'one')));
    expect(answer.status).toBe(500);
    expect(logged().join()).toMatch(/condition of case 1 of switch \(line \d+\)/);
  });

  it('operation-switch takes the case that lists the operation', async () => {
    const policy = `- operation-switch:
    version: 2.0.0
    case:
      - operations: [{verb: post, path: /}]
        execute:
${branch('post').replace(/^/gm, '  ')}
      - operations: [{verb: GET, path: '/echo/{name}'}]
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

describe('catch and finally', () => {
  it('without a handler the client gets the error of throw, with its status and message', async () => {
    const message = word();
    const answer = await ask(
      throwing('Cold', message, ', error-status-code: 418, error-status-reason: Teapot'),
    );
    expect(answer.status).toBe(418);
    expect(JSON.parse(answer.body)).toEqual({
      httpCode: '418',
      httpMessage: 'Teapot',
      moreInformation: message,
    });
  });

  it('the handler that lists the error runs, not the default one, and finds the error in the context', async () => {
    const message = word();
    const tell = setting(
      '{set: message.headers.X-Error, value: "$(error.name) $(error.message) $(error.policyTitle) $(error.status.code)"}',
    );
    const answer = await ask(throwing('Cold', message), {
      rest: catching(
        `- errors: [Warm]\n  execute: []\n- default:\n${setting('{set: message.headers.X-Error, value: default}').replace(/^/gm, '    ')}\n- errors: [Cold]\n  execute:\n${tell.replace(/^/gm, '    ')}`,
      ),
    });
    expect(answer.header('X-Error')).toBe(`Cold ${message} cold 500`);
    expect(answer.status).toBe(500);
    expect(logged()).toContain('catch: a handler takes over the error Cold.');
  });

  it.each([
    ['JavaScriptError', scriptPolicy("throw new Error('x')")],
    ['Mine', scriptPolicy("context.reject('Mine', 'x')")],
    ['ConnectionError', upgradePolicy('http://backend:1')],
    ['PropertyError', setting('{set: request.verb, value: x}')],
    ['RuntimeError', '- map: {version: 2.0.0}'],
  ])('%s is caught by its name', async (name, policy) => {
    const handler = setting(
      `{set: message.status.code, value: 299, type: number}`,
      '{set: message.body, value: caught}',
    ).replace(/^/gm, '    ');
    const headers = [
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    const answer = await ask(policy, {
      rest: catching(`- errors: [${name}]\n  execute:\n${handler}`),
      headers,
    });
    expect([answer.status, answer.body]).toEqual([299, 'caught']);
  });

  it('a status that the handler sets goes out with the error’s own body, until it writes one', async () => {
    const message = word();
    const handler = setting('{set: message.status.code, value: 403, type: number}').replace(/^/gm, '    ');
    const answer = await ask(throwing('Cold', message), { rest: catching(`- default:\n${handler}`) });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ httpCode: '403', moreInformation: message });
  });

  it('an error inside a handler goes to the client, and no handler runs twice', async () => {
    const again = word();
    const answer = await ask(throwing('Cold'), {
      rest: catching(`- default:\n${throwing('Cold', again).replace(/^/gm, '    ')}`),
    });
    expect(JSON.parse(answer.body).moreInformation).toBe(again);
  });

  it('a handler may answer the handshake after all', async () => {
    lab.deploy(
      definitionText(
        '/flow',
        throwing('Cold'),
        catching(`- default:\n${scriptPolicy(handshakeScript()).replace(/^/gm, '    ')}`),
      ),
    );
    const socket = lab.connect('/maple/sandbox/flow');
    await once(socket, 'open');
    socket.terminate();
  });

  it('finally runs after success and after a handler, and not when the connection has switched', async () => {
    const value = word();
    const rest = (handlers: string) =>
      `${handlers}\n    finally:\n${setting(`{set: message.headers.X-Last, value: ${value}}`).replace(/^/gm, '      ')}`;
    expect((await ask(setting('{set: a, value: b}'), { rest: rest('') })).header('X-Last')).toBe(value);
    await ask(throwing('Cold'), { rest: rest(catching('- default: []')) });
    const ran = () => lab.told('policy-started').filter(({ policy }) => policy === 'set-variable').length;
    expect(ran()).toBeGreaterThan(0);
    lab.events.length = 0;
    lab.deploy(definitionText('/flow', upgradePolicy(), rest('')));
    const socket = lab.connect('/maple/sandbox/flow');
    await once(socket, 'open');
    socket.terminate();
    expect(ran()).toBe(0);
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
