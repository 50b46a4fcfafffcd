import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { conditionFault, isGatewayScript } from './condition.ts';
import { createJsonataProcess } from './jsonata-process.ts';

const conditions = createJsonataProcess();
afterAll(() => conditions.close());

const value = randomUUID();
const context = {
  request: { verb: 'GET', path: '/a', parameters: { q: { locations: ['query'], values: [value] } } },
  message: { status: { code: 207 }, headers: { 'X-Mine': value }, body: { n: 3, list: [1, 2] } },
  api: { operation: { id: 'connect', path: '/chat' } },
};

describe('a condition in JSONata', () => {
  it.each([
    ["$httpVerb() = 'GET'", true],
    ["$operationPath() = '/chat' and $operationID() = 'connect'", true],
    ['$statusCode() > 300', false],
    [`$header('x-mine') = '${value}'`, true],
    [`$queryParameter('q') = '${value}'`, true],
    ["$apiCtx().request.path = '/a'", true],
    ['message.body.n = 3', true],
    ['$sum(message.body.list) = 3', true],
    ['message.body.missing', false],
    ['message.body.list', true],
    ['$match($httpVerb(), /^g/i)', true],
  ])('%s is %s', async (condition, expected) => {
    expect(await conditions.evaluate(condition, context)).toEqual({ value: expected });
  });

  it('that cannot be evaluated is told, and the next one is evaluated as ever', async () => {
    for (const broken of ['$nothing()', "1 + 'a'", '$error("x")', '(']) {
      expect(await conditions.evaluate(broken, context)).toEqual({ error: expect.stringMatching(/./) });
      expect(await conditions.evaluate("$httpVerb() = 'GET'", context)).toEqual({ value: true });
    }
  });
});

describe('a hostile condition', () => {
  it.each([
    ['loops', '($f := function($n) { $f($n + 1) }; $f(1))'],
    ['grows', '$sum([1..9999999].([1..9999]))'],
    ['fills the memory', "($x := $pad('a', 400000000, 'b'); $length($join([$x, $x, $x, $x])) > 0)"],
    ['has a pattern that explodes', "$match($pad('', 60, 'a') & '!', /^(a+)+$/) = 1"],
    ['is nested deep', `${'('.repeat(1_500)}1${')'.repeat(1_500)}`],
  ])(
    'that %s ends with an answer, and the next one is evaluated as ever',
    async (_, condition) => {
      const answer = await conditions.evaluate(condition, context);
      expect('error' in answer || 'value' in answer).toBe(true);
      expect(await conditions.evaluate("$httpVerb() = 'GET'", context)).toEqual({ value: true });
    },
    20_000,
  );

  it.each([
    '$apiCtx().constructor.name',
    '$apiCtx().__proto__',
    "$lookup($apiCtx(), '__proto__')",
    '$httpVerb.constructor',
    "$lookup($httpVerb, 'constructor')",
  ])('%s reaches nothing of the host', async (condition) => {
    const answer = await conditions.evaluate(`$exists(${condition})`, context);
    if ('value' in answer) expect(answer.value).toBe(false);
  });
});

describe('the notation of a condition', () => {
  it.each([
    ["((request.verb==='GET')&&(api.operation.path==='/path-1'))", true],
    ['message.status.code===200', true],
    ["apim.getvariable('request.verb') == 'GET'", true],
    ["$httpVerb() = 'GET' and message.body.a >= 2", false],
    ["message.body = 'a === b'", false],
  ])('of %s is told', (condition, gatewayScript) => {
    expect(isGatewayScript(condition)).toBe(gatewayScript);
    expect(conditionFault(condition)).toBeNull();
  });

  it.each(['$httpVerb( = 1', "request.verb === 'GET", 'a &&& b', 'x'.repeat(5_000)])(
    'of %s has a fault, which is told',
    (condition) => {
      expect(conditionFault(condition)).toMatch(/./);
    },
  );
});
