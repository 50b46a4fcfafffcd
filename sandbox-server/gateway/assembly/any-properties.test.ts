import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileDefinition } from '../definition/compile.ts';
import { definitionText, type StartedGateway, startGateway } from '../started-gateway.fixture.ts';
import { ask } from './plain-request.fixture.ts';
import { POLICIES } from './policies.ts';

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway();
});
afterAll(() => lab.close());

const words = fc.constantFrom(
  ...[
    '',
    'message',
    'request',
    'x',
    'true',
    '$(x)',
    '$(request.headers.host)',
    'http://backend:8091',
    'basic',
    'definition',
  ],
  ...[
    '#/definitions/a',
    'HS256',
    '__proto__',
    'a.b',
    '(',
    'key',
    'users',
    '5',
    'GET',
    'auth-url',
    'disabled',
    'context-var',
  ],
);
const value = fc.oneof(
  { weight: 4, arbitrary: words },
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(words, { maxLength: 3 }),
  fc.dictionary(words, words, { maxKeys: 3 }),
);
const rest = `  properties: {key: {value: secret}, users: {value: {a: b}}}
  assembly-rate-limits: {x: [{value: 1000000/1week, weight: x}]}
definitions: {a: {type: object}}`;

/** What each needs to deploy at all; the random ones go before it. */
const needed: [string, object][] = [
  ['invoke', { 'target-url': 'http://backend:8091' }],
  ['jwt-generate', { 'jws-alg': 'HS256', 'jws-crypto': 'key', 'iss-claim': 'key' }],
  ['jwt-validate', { 'jws-crypto': 'key' }],
  ['parse', {}],
  ['ratelimit', { 'rate-limit': ['x'] }],
  ['user-security', { 'user-registry': 'users' }],
  ['validate', { 'validate-against': 'definition', definition: 'a' }],
];

it.each(needed)(
  '%s: whatever its properties are, it deploys or is refused, and a request gets an answer without a fault of the lab',
  async (name, least) => {
    const properties = Object.keys(POLICIES.get(name)?.properties.shape ?? {}).filter(
      (each) => each !== 'timeout',
    );
    expect(properties.length).toBeGreaterThan(4);
    const given = fc.dictionary(fc.constantFrom(...properties), value, { maxKeys: 6 });
    const request = fc.record({
      body: fc.oneof(fc.json({ maxDepth: 3 }), fc.string(), fc.constantFrom('', '<a/>')),
      type: fc.constantFrom('application/json', 'text/xml', 'text/plain'),
      authorization: fc.constantFrom('', 'Basic YTpi', 'Bearer a.b.c'),
    });
    await fc.assert(
      fc.asyncProperty(given, request, async (given, { body, type, authorization }) => {
        const policy = `- parse: {version: 2.0.0, input: message}\n- ${name}: ${JSON.stringify({ ...least, ...given })}`;
        const text = definitionText('/one', policy, rest);
        if (compileDefinition(text, 'one').definition === null) return;
        lab.deploy(text);
        const headers = { 'Content-Type': type, Authorization: authorization };
        const answer = await ask(lab, { method: 'POST', body, headers });
        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(lab.faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);
