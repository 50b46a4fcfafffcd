import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../definition/compile.ts';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';

const name = `scheme-${randomUUID().slice(0, 8)}`;
const open = definitionText('/one', upgradePolicy());

/** A definition of OpenAPI 2 with these schemes and requirements, as flow YAML. */
const secured = (schemes: string, security: string, paths = '/: {get: {}, post: {}}') =>
  `${open.replace(/ {2}\/: \{get: \{\}, post: \{\}\}/, `  ${paths}`)}securityDefinitions: {${schemes}}\nsecurity: ${security}\n`;

const id = `${name}: {type: apiKey, in: header, name: X-IBM-Client-Id}`;
const secret = 'secret: {type: apiKey, in: query, name: anything, x-key-type: client_secret}';

/** Per operation, the alternatives as kinds. */
function asked(text: string): Record<string, string[]> {
  const { definition, diagnostics } = compileDefinition(text, 'one');
  if (!definition) throw new Error(JSON.stringify(diagnostics));
  return Object.fromEntries(
    definition.operations.map(({ method, path, security = [] }) => [
      `${method} ${path}`,
      security.map((alternative) => alternative.map(({ kind }) => kind).join(' and ')),
    ]),
  );
}

const found = (text: string) =>
  compileDefinition(text, 'one').diagnostics.map(({ rule, severity, line }) => ({
    rule,
    severity,
    text: text.split('\n')[line - 1]?.trim(),
  }));

describe('what a definition asks for', () => {
  it('the members of the list are alternatives, the names in one member belong together', () => {
    const text = secured(`${id}, ${secret}, user: {type: basic}`, `[{${name}: [], secret: []}, {user: []}]`);
    expect(asked(text)['get /']).toEqual(['client-id and client-secret', 'basic']);
    expect(found(text)).toEqual([]);
  });

  it('an operation has the API’s, its own in its place, or none where its list is empty', () => {
    const paths = '/: {get: {}, post: {security: [{user: []}]}, put: {security: []}}';
    expect(asked(secured(`${id}, user: {type: basic}`, `[{${name}: []}]`, paths))).toEqual({
      'get /': ['client-id'],
      'post /': ['basic'],
      'put /': [],
      'get /echo/{name}': ['client-id'],
    });
  });

  it('an empty member lets everybody in, as one alternative of several', () => {
    expect(asked(secured(id, `[{${name}: []}, {}]`))['get /']).toEqual(['client-id', '']);
  });

  it('OpenAPI 3 has its schemes among the components, and Basic under http', () => {
    const text = `${open.replace(/swagger.*\n/, 'openapi: 3.0.3\n').replace(/basePath.*\nschemes.*\n/, 'servers: [{url: "wss://x/one"}]\n')}
components: {securitySchemes: {${id}, user: {type: http, scheme: Basic}}}
security: [{${name}: [], user: []}]`;
    expect(asked(text)['get /']).toEqual(['client-id and basic']);
  });

  it.each([
    ['{in: header, name: X-IBM-Client-Secret}', 'client-secret'],
    ['{in: query, name: client_secret}', 'client-secret'],
    ['{in: query, name: client_id}', 'client-id'],
    ['{in: header, name: X-IBM-Client-Secret, x-key-type: client_id}', 'client-id'],
  ])('the API key %s is the %s', (key, kind) => {
    expect(asked(secured(`key: ${key.replace('{', '{type: apiKey, ')}`, '[{key: []}]'))['get /']).toEqual([
      kind,
    ]);
  });
});

describe('a mistake in the security', () => {
  it.each([
    [
      'a scheme that is not there',
      secured(id, '[{other: []}]'),
      'security-unknown',
      'error',
      'security: [{other: []}]',
    ],
    ['a list that is none', secured(id, 'on'), 'security-form', 'error', 'security: on'],
    [
      'a type that is none',
      secured('key: {type: password}', '[]'),
      'security-form',
      'error',
      'securityDefinitions: {key: {type: password}}',
    ],
    [
      'OAuth',
      secured('token: {type: oauth2}', '[{token: []}]'),
      'security-not-emulated',
      'warning',
      'securityDefinitions: {token: {type: oauth2}}',
    ],
    [
      'a secret alone',
      secured(secret, '[{secret: []}]'),
      'security-secret-alone',
      'warning',
      'security: [{secret: []}]',
    ],
    [
      'a key of unknown kind',
      secured('key: {type: apiKey, in: header, name: X-Key}', '[{key: []}]'),
      'security-key-type',
      'warning',
      'securityDefinitions: {key: {type: apiKey, in: header, name: X-Key}}',
    ],
    [
      'a key in a cookie',
      secured('key: {type: apiKey, in: cookie, name: client_id}', '[{key: []}]'),
      'security-not-emulated',
      'warning',
      'securityDefinitions: {key: {type: apiKey, in: cookie, name: client_id}}',
    ],
    [
      'an authentication URL',
      secured('user: {type: basic, x-ibm-authentication-url: {url: "http://a"}}', '[{user: []}]'),
      'security-not-emulated',
      'warning',
      'securityDefinitions: {user: {type: basic, x-ibm-authentication-url: {url: "http://a"}}}',
    ],
    [
      'two client ids',
      secured(`${id}, b: {type: apiKey, in: query, name: client_id}`, `[{${name}: []}, {b: []}]`),
      'security-restriction',
      'warning',
      `security: [{${name}: []}, {b: []}]`,
    ],
    [
      'the list of an operation that is none',
      secured(id, '[]', '/: {get: {security: on}}'),
      'security-form',
      'error',
      '/: {get: {security: on}}',
    ],
  ])('%s is told once, at its line', (_, text, rule, severity, line) => {
    expect(found(text)).toEqual([{ rule, severity, text: line }]);
  });

  it('more alternatives than a request can be held against are refused', () => {
    const list = (count: number) => secured(id, `[${Array(count).fill(`{${name}: []}`).join(', ')}]`);
    expect(found(list(20))).toEqual([]);
    expect(found(list(21))).toMatchObject([{ rule: 'security-form', severity: 'error' }]);
  });
});
