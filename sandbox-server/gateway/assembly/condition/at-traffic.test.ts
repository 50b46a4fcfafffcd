// Conditions as requests meet them: what they read, and what hostile ones come to.
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StartedGateway, startGateway } from '../../started-gateway.fixture.ts';
import { askFlow, type FlowOptions, logged, setting, word } from '../flow.fixture.ts';

let lab: StartedGateway;
beforeAll(async () => {
  // More than usual: what is right must pass on a busy machine, too.
  lab = await startGateway({ settings: { CONDITION_DEADLINE_MS: '1200' } });
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});
beforeEach(() => {
  lab.events.length = 0;
});

/** A switch with a case for each condition, that tells which one it took. */
function switching(conditions: readonly string[]): string {
  const cases = conditions.map(
    (condition, i) =>
      `      - condition: ${JSON.stringify(condition)}\n        execute:\n${telling(String(i))}`,
  );
  return `- switch:\n    version: 2.0.0\n    title: ways\n    case:\n${cases.join('\n')}\n      - otherwise:\n${telling('other')}`;
}
const telling = (text: string) =>
  setting(`{set: message.headers.X-Way, value: "${text}"}`).replace(/^/gm, '          ');

async function taken(conditions: readonly string[], options?: FlowOptions & { before?: string }) {
  const answer = await askFlow(lab, `${options?.before ?? ''}${switching(conditions)}`, options);
  return answer.status === 200 ? answer.header('X-Way') : answer.status;
}

describe('a condition reads', () => {
  it('the parameters of path and query, as the client wrote them', async () => {
    const name = `${word()}%20x`;
    const found = await taken([`$urlParameter('name') = '${name}' and $queryParameter('a') = '%31'`], {
      path: `/echo/${name}?a=%31`,
    });
    expect(found).toBe('0');
  });

  it('a body only as what it is: empty, as it came, or parsed', async () => {
    const conditions = ['message.body.n = 7', "$storageType() = 'binary'", "$storageType() = 'empty'"];
    const json = { method: 'POST', body: '{"n": 7}', headers: ['Content-Type: application/json'] };
    expect(await taken(conditions)).toBe('2');
    expect(await taken(conditions, json)).toBe('1');
    expect(await taken(conditions, { ...json, before: '- parse: {version: 2.1.0}\n' })).toBe('0');
  });

  it('variables of policies before it, in both notations, mixed', async () => {
    const number = randomInt(1_000);
    const before = `${setting(`{set: mine.n, value: ${number}, type: number}`)}\n`;
    for (const [conditions, expected] of [
      [[`mine.n = ${number + 1}`, `mine.n = ${number}`, 'true'], '1'],
      [['false', "apim.getvariable('mine.n') === -1", `mine.n = ${number}`], '2'],
      [['false', `apim.getvariable('mine.n') === ${number}`, 'true'], '1'],
      [['false', 'false', "request.verb === 'POST'"], 'other'],
    ] as const)
      expect(await taken(conditions, { before })).toBe(expected);
  });
});

describe('a hostile condition', () => {
  it.each([
    ['loops', '($f := function($n) { $n > 0 ? $f($n) : 1 }; $f(1))'],
    ['recurses', '($f := function($n) { $f($n + 1) }; $f(1))'],
    ['doubles', `($a := 'ab'; ${'$a := $a & $a; '.repeat(60)}$length($a) > 0)`],
    ['fills the memory', "$length($pad('a', 450000000, 'b') & 'c') > 0"],
    ['evaluates text', "$eval('1') = 1"],
    ['looks around', "$contains('a', /(?=a)/)"],
    ['looks far for each match', "$count($match($pad('', 40000, 'ab'), /a.*c|a/)) > 0"],
    ['loops as a script', 'true === (function () { for (;;) {} })()'],
    ['recurses as a script', 'true === (function f() { return f(); })()'],
    ['reaches for the process as a script', "apim.constructor.constructor('return process')() === 1"],
    ['explodes as a script', `/^(a+)+$/.test('${'a'.repeat(60)}!') === true`],
  ])(
    'that %s ends with an error that names the case, and the next request is answered',
    async (_, condition) => {
      expect(await taken(['false', condition])).toBe(500);
      expect(logged(lab).join()).toMatch(/condition of case 2 of ways \(line \d+\) cannot be evaluated: ./);
      expect(await taken(["$httpVerb() = 'GET'"])).toBe('0');
      expect(await taken(["request.verb === 'GET'"])).toBe('0');
    },
  );

  it('leaves nothing behind, whatever it writes', async () => {
    const own = word();
    const condition = `context.set('mine', '${own}') || context.set('message.body', '${own}') || true === true`;
    const answer = await askFlow(
      lab,
      `${switching([condition])}\n${setting('{set: message.headers.X-Mine, value: "$(mine)"}')}`,
    );
    expect([answer.header('X-Way'), answer.header('X-Mine'), answer.body]).toEqual(['0', '', '']);
  });

  it('among many, with a body of the greatest size, is one question', async () => {
    const conditions = Array.from({ length: 300 }, (_, i) => `message.body.n = ${i}`);
    const body = JSON.stringify({ n: 299, fill: Array.from({ length: 120 }, () => 'x'.repeat(8_000)) });
    const found = await taken(conditions, {
      method: 'POST',
      body,
      headers: ['Content-Type: application/json'],
      before: '- parse: {version: 2.1.0}\n',
    });
    expect(found).toBe('299');
  });
});
