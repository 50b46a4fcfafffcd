import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../gatewayscript/types.ts';
import { compileDefinition } from '../definition/compile.ts';
import { compileProduct } from '../plans/compile-product.ts';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';
import { checkSecurity } from './check-security.ts';

const random = () => randomBytes(8).toString('hex');
const [clientId, secret, password, otherId, otherSecret] = [random(), random(), random(), random(), random()];

function apiOf(security: string) {
  const text = `${definitionText('/one', upgradePolicy())}
securityDefinitions:
  id: {type: apiKey, in: header, name: X-IBM-Client-Id}
  secret: {type: apiKey, in: header, name: X-IBM-Client-Secret}
  queried: {type: apiKey, in: query, name: client_id}
  user: {type: basic, x-ibm-authentication-registry: people}
  token: {type: oauth2}
security: ${security}`;
  const { definition, diagnostics } = compileDefinition(text, 'one');
  if (!definition) throw new Error(JSON.stringify(diagnostics));
  return definition;
}

function productOf(api: string) {
  const text = `product: 1.0.0
info: {name: p, version: 1.0.0}
apis: {one: {name: '${api}'}}
plans: {free: {title: Free}}
x-lab-applications:
  - {name: mine, plan: free, client-id: '${clientId}', client-secret: '${secret}'}
  - {name: other, plan: free, client-id: '${otherId}', client-secret: '${otherSecret}'}
x-lab-user-registries:
  people: {ada: '${password}', empty: ''}
  others: {bob: '${password}'}`;
  const { product, diagnostics } = compileProduct(text, { apis: [], issue: () => random() });
  if (!product) throw new Error(JSON.stringify(diagnostics));
  return product;
}

/** `passed as <application>`, or why not. */
function outcome(
  security: string,
  headers: Header[],
  path = '/',
  products = [productOf('test:1.0.0')],
): string {
  const api = apiOf(security);
  const [operation] = api.operations;
  if (!operation) throw new Error('no operation');
  const checked = checkSecurity({ request: { path, headers }, api, operation, products });
  if (checked.passed) return `passed as ${checked.client?.application.name ?? 'nobody'}`;
  const faults = checked.faults.map(({ scheme, why }) => `${scheme.name}: ${why}`).join('; ');
  for (const hidden of [secret, otherSecret, password]) expect(faults).not.toContain(hidden);
  return faults;
}

const id = (value = clientId): Header => ['x-ibm-client-id', value];
const key = (value = secret): Header => ['X-IBM-CLIENT-SECRET', value];
const basic = (name: string, value: string): Header => [
  'Authorization',
  `Basic ${Buffer.from(`${name}:${value}`).toString('base64')}`,
];

describe('a request', () => {
  it.each([
    ['with its client id', '[{id: []}]', [id()], 'passed as mine'],
    ['without', '[{id: []}]', [], 'id: the header X-IBM-Client-Id is missing or empty'],
    ['with an empty one', '[{id: []}]', [id('')], 'id: the header X-IBM-Client-Id is missing or empty'],
    [
      'with the id in other case',
      '[{id: []}]',
      [id(`${clientId}A`)],
      `id: no application of a deployed product has the client id ${clientId}A`,
    ],
    ['with id and secret', '[{id: [], secret: []}]', [key(), id()], 'passed as mine'],
    ['with the secret asked for first', '[{secret: [], id: []}]', [id(), key()], 'passed as mine'],
    [
      'with the secret of another application',
      '[{id: [], secret: []}]',
      [id(), key(otherSecret)],
      'secret: the header X-IBM-Client-Secret is not the client secret of the application mine',
    ],
    [
      'with the beginning of the secret',
      '[{id: [], secret: []}]',
      [id(), key(secret.slice(0, -1))],
      'secret: the header X-IBM-Client-Secret is not the client secret of the application mine',
    ],
    [
      'without the secret',
      '[{id: [], secret: []}]',
      [id()],
      'secret: the header X-IBM-Client-Secret is missing or empty',
    ],
    [
      'with the secret alone',
      '[{secret: []}]',
      [key()],
      'secret: a client secret needs the client id with it',
    ],
    ['for OAuth', '[{token: []}]', [['Authorization', 'Bearer x']], 'token: OAuth is not emulated'],
    [
      'for OAuth, with the id that goes with it',
      '[{id: [], token: []}]',
      [id()],
      'token: OAuth is not emulated',
    ],
    ['by the second alternative', '[{token: []}, {id: []}]', [id()], 'passed as mine'],
    [
      'by none of two',
      '[{token: []}, {id: []}]',
      [],
      'token: OAuth is not emulated; id: the header X-IBM-Client-Id is missing or empty',
    ],
    ['where an empty alternative lets everybody in', '[{id: []}, {}]', [], 'passed as nobody'],
    ['of a user', '[{user: []}]', [basic('ada', password)], 'passed as nobody'],
    ['of a user with the id', '[{user: [], id: []}]', [basic('ada', password), id()], 'passed as mine'],
    [
      'of a user with another password',
      '[{user: []}]',
      [basic('ada', otherId)],
      'user: name or password is wrong',
    ],
    [
      'of an unknown user without password',
      '[{user: []}]',
      [basic('eve', '')],
      'user: name or password is wrong',
    ],
    [
      'of a user of another registry',
      '[{user: []}]',
      [basic('bob', password)],
      'user: name or password is wrong',
    ],
    [
      'with Basic that is none',
      '[{user: []}]',
      [['Authorization', 'Basic ???']],
      'user: the header Authorization is not Basic with the base64 of name:password',
    ],
    ['without Basic', '[{user: []}]', [], 'user: the header Authorization is missing'],
  ] satisfies [string, string, Header[], string][])('%s', (_, security, headers, expected) => {
    expect(outcome(security, headers)).toBe(expected);
  });

  it('has its key in the query, decoded, and not in a header of the name', () => {
    const escaped = [...clientId].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
    expect(outcome('[{queried: []}]', [], `/?a=1&client_id=${escaped}`)).toBe('passed as mine');
    expect(outcome('[{queried: []}]', [['client_id', clientId]])).toMatch(
      /^queried: the query parameter client_id/,
    );
  });

  it('of an application whose plan has not this API, or not this version of it, is told so', () => {
    const refused = outcome('[{id: []}]', [id()], '/', [productOf('test:2.0.0')]);
    expect(refused).toBe('id: the plan free of the application mine does not offer GET / of test:1.0.0');
    expect(outcome('[{id: []}]', [id()], '/', [productOf('test:2.0.0'), productOf('test:1.0.0')])).toBe(
      'passed as mine',
    );
  });

  it('with no product deployed knows nobody', () => {
    expect(outcome('[{id: []}]', [id()], '/', [])).toMatch(/^id: no application/);
    expect(outcome('[{user: []}]', [basic('ada', password)], '/', [])).toBe(
      'user: no deployed product has the user registry people',
    );
  });
});
