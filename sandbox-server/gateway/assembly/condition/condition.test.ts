import { randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../config.ts';
import { conditionFault, isGatewayScript } from './condition.ts';
import { createJsonataProcess } from './jsonata-process.ts';

/** One with the time that conditions have, and one with far more: what comes to its end does so on a busy machine too. */
const limited = createJsonataProcess(readConfig({}));
const conditions = createJsonataProcess({ ...readConfig({}), CONDITION_DEADLINE_MS: 5_000 });
afterAll(() => Promise.all([limited.close(), conditions.close()]));

const value = randomUUID();
const context = {
  request: {
    verb: 'GET',
    path: '/a',
    querystring: `q=${value}&r=%20x&id=asked`,
    parameters: {
      q: { locations: ['query'], values: [value] },
      id: { locations: ['path'], values: ['seven'] },
    },
  },
  message: { status: { code: 207 }, headers: { 'X-Mine': value }, body: { n: 3, list: [1, 2] } },
  api: { operation: { id: 'connect', path: '/chat' } },
  unparsed: { body: 'text' },
};
const ask = (expressions: string[], tree: Record<string, unknown> = context, process = conditions) =>
  process.firstThatHolds({ expressions, context: tree, source: 'maple' });
const holds = async (condition: string, process = conditions) => {
  const answer = await ask([condition], context, process);
  return 'error' in answer ? answer.error : answer.at === 0;
};

describe('a condition in JSONata', () => {
  it.each([
    ["$httpVerb() = 'GET'", true],
    ["$operationPath() = '/chat' and $operationID() = 'connect'", true],
    ['$statusCode() > 300', false],
    [`$header('x-mine') = '${value}'`, true],
    [`$queryParameter('q') = '${value}'`, true],
    ["$queryParameter('r') = '%20x'", true],
    ["$exists($queryParameter('none'))", false],
    ["$urlParameter('id') = 'seven'", true],
    [`$urlParameter('q') = '${value}'`, true],
    ["$storageType() = 'json' and $storageType('request') = 'empty'", true],
    ["$storageType('unparsed') = 'binary'", true],
    ["$apiCtx().request.path = '/a'", true],
    ['message.body.n = 3', true],
    ['$exists(message.body.missing)', false],
    ['$sum(message.body.list) = 3', true],
    ['message.body.missing', false],
    ['message.body.list', true],
    ['$match($httpVerb(), /^g/i)', true],
    ["$contains('a-b-c', /-[bc]-/) and $replace('aXbX', /x/i, '-') = 'a-b-'", true],
    ["$split('a1b22c', /[0-9]+/)[2] = 'c'", true],
    ['$map([1], function($x) { $x })', 'API Connect does not support the function $map()'],
  ])('%s is %s', async (condition, expected) => {
    expect(await holds(condition)).toBe(expected);
  });

  it('of several, the first that holds is told, and none after it is evaluated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }), async (numbers) => {
        const answer = await ask(
          numbers.map((number) => `n = ${number}`),
          { n: 3 },
        );
        expect(answer).toEqual({ at: numbers.includes(3) ? numbers.indexOf(3) : null });
      }),
      { numRuns: 30 },
    );
    expect(await ask(['true', '$nothing()'])).toEqual({ at: 0 });
    expect(await ask(['false', '$nothing()'])).toEqual({ at: 1, error: expect.stringMatching(/./) });
  });

  it('finds with a pattern what JavaScript finds, one match after the other', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' '), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('a+', '[ab]1', 'b|a1', '(a)(b)', '^a', '1$'),
        async (t, pattern) => {
          const found = [...t.matchAll(new RegExp(pattern, 'g'))].map((match) => match[0]).join('|');
          expect(
            await ask(
              [
                `$join($match(t, /${pattern}/).match, '|') = f or $not($exists($match(t, /${pattern}/))) and f = ''`,
              ],
              { t, f: found },
            ),
          ).toEqual({ at: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that cannot be evaluated is told, and the next one is evaluated as ever', async () => {
    for (const broken of ['$nothing()', "1 + 'a'", '$error("x")', '(', '$match("a", /(?=a)/)']) {
      expect(await holds(broken)).toMatch(/./);
      expect(await holds("$httpVerb() = 'GET'")).toBe(true);
    }
  });
});

describe('a hostile condition', () => {
  it.each([
    ['loops', '($f := function($n) { $f($n + 1) }; $f(1))'],
    ['loops without depth', '($f := function($n) { $n > 0 ? $f($n) : 1 }; $f(1))'],
    ['grows', '$sum([1..9999999].([1..9999]))'],
    ['doubles a text', `($a := 'ab'; ${'$a := $a & $a; '.repeat(60)}$length($a) > 0)`],
    ['doubles a list', `($a := [1, 2]; ${'$a := $append($a, $a); '.repeat(60)}$count($a) > 0)`],
    ['fills the memory', "($x := $pad('a', 400000000, 'b'); $length($join([$x, $x, $x, $x])) > 0)"],
    ['is nested deep', `${'('.repeat(1_500)}1${')'.repeat(1_500)}`],
  ])('that %s ends with an error, and the next one is evaluated as ever', async (_, condition) => {
    expect(await holds(condition, limited)).toMatch(/./);
    await expect.poll(() => holds("$httpVerb() = 'GET'", limited)).toBe(true);
  });

  it('cannot have a pattern that explodes', async () => {
    expect(await holds("$match($pad('', 5000, 'a') & '!', /^(a+)+$/)")).toBe(false);
  });

  it('cannot look far for each of many matches: the pattern is told, and its process lives on', async () => {
    const own = createJsonataProcess({ ...readConfig({}), CONDITION_DEADLINE_MS: 1_200 });
    const text = 'ab'.repeat(20_000 + randomInt(1_000));
    for (const call of ['$match(t, /a.*c|a/)', "$replace(t, /a.*c|a/, 'x')", '$split(t, /a.*c|a/)']) {
      const expressions = ['false', `$count([${call}]) > 0`];
      expect(await ask(expressions, { t: text }, own)).toEqual({
        at: 1,
        error: 'The pattern a.*c|a takes more than 300 ms',
      });
    }
    await own.close();
  });

  it('finds many matches of an honest pattern in a long text', async () => {
    const pairs = 2_000 + randomInt(1_000);
    const text = 'ab'.repeat(pairs);
    expect(await ask([`$count($match(t, /a./)) = ${pairs}`], { t: text })).toEqual({ at: 0 });
  });

  it.each([
    ['$length($pad("a", 450000000, "b") & "c") > 0'],
    ['$split($pad("", 50000000, "ab"), "a")[0] = "b"'],
  ])('%s is told by its place, though it ends the whole process', async (condition) => {
    const before = Array.from({ length: randomInt(1, 50) }, () => 'false');
    const ended = /^it takes more memory|^it (and the conditions before it do|does) not end within/;
    expect(await ask([...before, condition, 'true'])).toEqual({
      at: before.length,
      error: expect.stringMatching(ended),
    });
    expect(await ask([condition])).toEqual({ at: 0, error: expect.stringMatching(ended) });
    expect(await ask(['false', 'true'])).toEqual({ at: 1 });
  });

  it.each([
    '$apiCtx().constructor.name',
    '$apiCtx().__proto__',
    "$lookup($apiCtx(), '__proto__')",
    '$httpVerb.constructor',
    "$lookup($httpVerb, 'constructor')",
    '{"a": 1}.constructor',
    '"a".constructor.constructor',
    '$apiCtx().hasOwnProperty',
  ])('%s reaches nothing of the host', async (condition) => {
    expect(await holds(`$exists(${condition})`)).not.toBe(true);
  });

  it('takes its own sandbox’s turns only: another’s is evaluated between', async () => {
    const slow = '($f := function($n) { $n > 0 ? $f($n) : 1 }; $f(1))';
    const own = createJsonataProcess({ ...readConfig({}), CONDITION_DEADLINE_MS: 1_000 });
    let ended = 0;
    const flood = Array.from({ length: 5 }, () =>
      own.firstThatHolds({ expressions: [slow], context, source: 'oak' }).then(() => {
        ended += 1;
      }),
    );
    expect(await ask(['true'], context, own)).toEqual({ at: 0 });
    expect(ended).toBeLessThanOrEqual(2);
    await Promise.all(flood);
    await own.close();
  });

  it('that waits behind too many of its sandbox is refused at once, and another sandbox’s is not', async () => {
    const own = createJsonataProcess({
      ...readConfig({}),
      CONDITION_QUEUE: 4,
      CONDITION_DEADLINE_MS: 5_000,
    });
    const asked = (source: string) => own.firstThatHolds({ expressions: ['true'], context: {}, source });
    const answers = await Promise.all([...Array.from({ length: 8 }, () => asked('oak')), asked('maple')]);
    expect(answers.filter((answer) => 'error' in answer)).toHaveLength(4);
    expect(answers.at(-1)).toEqual({ at: 0 });
    await own.close();
  });
});

describe('the notation of a condition', () => {
  it.each([
    ["((request.verb==='GET')&&(api.operation.path==='/path-1'))", true],
    ['message.status.code===200', true],
    ["apim.getvariable('request.verb') == 'GET'", true],
    ["$httpVerb() = 'GET' and message.body.a >= 2", false],
    ["message.body = 'a === b'", false],
    ['($f := function($x) { $x }; $f(1) = 1)', false],
    ['message.body.context.id = 1 and context.id = 2', false],
    ['$contains(message.body.apim, /a==b|c&&d/) and message.body.`x||y` = 1 /* a === b */', false],
    ["context.get('request.verb') == 'GET'", true],
    ["context.message.header.get('A') != 'GET'", true],
    ["!(api.operation.id=='a') && true", true],
  ])('of %s is told', (condition, gatewayScript) => {
    expect(isGatewayScript(condition)).toBe(gatewayScript);
    expect(conditionFault(condition)).toBeNull();
  });

  it.each([
    ['$httpVerb( = 1', 'condition-syntax', 1],
    ['true and\n$httpVerb( = 1', 'condition-syntax', 2],
    ["request.verb === 'GET", 'condition-syntax', 1],
    ["true &&\nrequest.verb === 'GET", 'condition-syntax', 2],
    ['a &&& b', 'condition-syntax', 1],
    ['x'.repeat(5_000), 'condition-syntax', null],
    ['true and\n$eval("1")', 'condition-function', 2],
    ['$httpverb() = 1', 'condition-function', 1],
    ['message.body[$count($filter(a, $f)) > 1]', 'condition-function', 1],
    ["apim.getvariable('request.verb') = 'GET'", 'condition-syntax', 1],
  ])('of %s has a fault, which is told with its line', (condition, rule, line) => {
    expect(conditionFault(condition)).toEqual({ rule, message: expect.stringMatching(/./), line });
  });

  it('no text at all throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'$()[]{}=&|/\'"`.:;,?~^%*@# ab1\n\\'), maxLength: 40 }),
        (text) => {
          conditionFault(text);
        },
      ),
    );
  });
});
