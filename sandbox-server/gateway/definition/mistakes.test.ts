import { describe, expect, it } from 'vitest';
import { definitionText, scriptPolicy, upgradePolicy } from '../started-gateway.fixture.ts';
import { compileDefinition } from './compile.ts';

const good = definitionText('/one', upgradePolicy());

function diagnosed(text: string) {
  return compileDefinition(text, 'one').diagnostics.map(({ severity, rule, line, path }) => ({
    severity,
    rule,
    line,
    at: path.join('.'),
    text: text.split('\n')[line - 1]?.trim(),
  }));
}

/** Each mistake: the text, the one diagnostic, and what stands on its line. */
const script = definitionText('/one', scriptPolicy('context.clear("x");'));
const mistakes: [string, string, string, 'error' | 'warning', string][] = [
  [
    'a text that is no YAML',
    good.replace('basePath: /one', 'basePath: one: two'),
    'yaml',
    'error',
    'basePath: one: two',
  ],
  ['a key that stands twice', `${good}\nbasePath: /two`, 'yaml-duplicate-key', 'error', 'basePath: /two'],
  ['an alias of itself', `${good}\nx-a: &a [*a]`, 'yaml-cycle', 'error', 'x-a: &a [*a]'],
  ['an alias of nothing', `${good}\nx-a: *none`, 'yaml-alias', 'error', 'x-a: *none'],
  [
    'a second definition in the file',
    `${good.trimEnd()}\n---\n${good.replace("swagger: '2.0'", 'a: b')}`,
    'yaml',
    'error',
    '---',
  ],
  [
    'another format',
    good.replace("swagger: '2.0'", "swagger: '1.2'"),
    'openapi-version',
    'error',
    "swagger: '1.2'",
  ],
  [
    'no format',
    good.replace("swagger: '2.0'\n", ''),
    'openapi-version',
    'error',
    'info: {title: test, version: 1.0.0, x-ibm-name: test}',
  ],
  [
    'a list where an object belongs',
    good.replace('info: {title: test, version: 1.0.0, x-ibm-name: test}', 'info: []'),
    'shape',
    'error',
    'info: []',
  ],
  [
    'an unknown scheme',
    good.replace('https, wss', 'https, wss, gopher'),
    'shape',
    'error',
    'schemes: [https, wss, gopher]',
  ],
  [
    'execute that is no list',
    good.replace(/execute:[\s\S]*/, 'execute: all'),
    'shape',
    'error',
    'execute: all',
  ],
  [
    'no assembly',
    good.replace(/ {2}assembly:[\s\S]*/, ''),
    'assembly-missing',
    'error',
    'x-ibm-configuration:',
  ],
  [
    'an empty execute',
    good.replace(/execute:[\s\S]*/, 'execute: []'),
    'assembly-empty',
    'warning',
    'execute: []',
  ],
  [
    'a policy that the lab does not run',
    `${script}\n      - xslt: {version: 2.0.0}`,
    'policy-unknown',
    'warning',
    '- xslt: {version: 2.0.0}',
  ],
  [
    'properties that are not indented',
    good.replace(/ {10}(version|target)/g, '        $1'),
    'policy-form',
    'error',
    '- websocket-upgrade:',
  ],
  ['a policy that is a text', `${script}\n      - xslt: fast`, 'policy-form', 'error', '- xslt: fast'],
  ['two policies in one member', `${script}\n        xslt: {}`, 'policy-form', 'error', '- gatewayscript:'],
  [
    'the version of another gateway',
    good.replace('version: 2.0.0', 'version: 1.0.0'),
    'policy-version',
    'warning',
    'version: 1.0.0',
  ],
  ['no target', good.replace(/ *target-url.*\n/, ''), 'target-url-missing', 'error', '- websocket-upgrade:'],
  [
    'a ws target',
    good.replace('http://backend', 'ws://backend'),
    'target-url-scheme',
    'error',
    'target-url: ws://backend:8091',
  ],
  [
    'a wss target behind a variable',
    good.replace('http://backend', 'wss://$(api.org.name)'),
    'target-url-scheme',
    'error',
    'target-url: wss://$(api.org.name):8091',
  ],
  [
    'a target outside',
    good.replace('backend', 'backend.example'),
    'target-outside-sandbox',
    'error',
    'target-url: http://backend.example:8091',
  ],
  [
    'a target that is no URL',
    good.replace('http://backend:8091', 'backend'),
    'target-url-form',
    'error',
    'target-url: backend',
  ],
  [
    'a target with one slash too many',
    good.replace('http://backend:8091', 'http:///backend:8091'),
    'target-url-form',
    'error',
    'target-url: http:///backend:8091',
  ],
  [
    'a target without slashes',
    good.replace('http://backend:8091', 'http:backend:8091'),
    'target-url-form',
    'error',
    'target-url: http:backend:8091',
  ],
  [
    'a target with a user',
    good.replace('http://backend', 'http://me:word@backend'),
    'target-url-form',
    'warning',
    'target-url: http://me:word@backend:8091',
  ],
  [
    'a target with a fragment',
    good.replace('backend:8091', 'backend:8091/a#b'),
    'target-url-form',
    'warning',
    'target-url: http://backend:8091/a#b',
  ],
  [
    'a target without port',
    good.replace('backend:8091', 'backend'),
    'target-url-port',
    'warning',
    'target-url: http://backend',
  ],
  [
    'a variable that is not defined',
    good.replace('backend:', '$(nowhere):'),
    'variable-undefined',
    'warning',
    'target-url: http://$(nowhere):8091',
  ],
  [
    'a property of invoke',
    good.replace('target-url', 'verb: GET\n          target-url'),
    'property-unknown',
    'warning',
    'verb: GET',
  ],
  [
    'a timeout that is no number',
    good.replace('target-url', 'timeout: soon\n          target-url'),
    'property-type',
    'error',
    'timeout: soon',
  ],
  [
    'a script that is not there',
    script.replace(/source[\s\S]*/, ''),
    'property-type',
    'error',
    '- gatewayscript:',
  ],
  [
    'a policy after websocket-upgrade',
    `${good.trimEnd()}\n      - gatewayscript: {version: 2.0.0, source: ""}`,
    'policy-after-upgrade',
    'warning',
    '- gatewayscript: {version: 2.0.0, source: ""}',
  ],
  ['no wss', good.replace('https, wss', 'https'), 'scheme-wss-missing', 'warning', 'schemes: [https]'],
  [
    'a script that does not parse',
    `${good.trimEnd().replace(/- websocket-upgrade:[\s\S]*/, '- gatewayscript: {version: 2.0.0, source: "var a = ;"}')}`,
    'script-syntax',
    'warning',
    '- gatewayscript: {version: 2.0.0, source: "var a = ;"}',
  ],
  [
    'security by a scheme that is not there',
    `${good.trimEnd()}\nsecurity: [{key: []}]`,
    'security-unknown',
    'error',
    'security: [{key: []}]',
  ],
  [
    'a property that is its value',
    good.replace('x-ibm-configuration:', 'x-ibm-configuration:\n  properties: {lab-attach: none}'),
    'property-form',
    'warning',
    'properties: {lab-attach: none}',
  ],
  ['no schemes', good.replace(/schemes.*\n/, ''), 'scheme-wss-missing', 'warning', "swagger: '2.0'"],
  [
    'another gateway type',
    good.replace('datapower-api-gateway', 'datapower-gateway'),
    'gateway-type',
    'warning',
    'gateway: datapower-gateway',
  ],
  ['a base path without slash', good.replace('/one', 'one'), 'base-path-form', 'error', 'basePath: one'],
  [
    'a base path that ends with one',
    good.replace('/one', '/one/'),
    'base-path-form',
    'error',
    'basePath: /one/',
  ],
  ['no base path', good.replace('basePath: /one\n', ''), 'base-path-missing', 'warning', "swagger: '2.0'"],
  [
    'no GET',
    good.replace('get: {}, ', '').replace('get: {}', 'put: {}'),
    'operation-get-missing',
    'warning',
    'paths:',
  ],
  ['a path without slash', good.replace('/echo/', 'echo/'), 'path-form', 'error', 'echo/{name}: {get: {}}'],
  [
    'an older name',
    good.replace('target-url', 'header-control: {type: blacklist}\n          target-url'),
    'deprecated-name',
    'warning',
    'header-control: {type: blacklist}',
  ],
  [
    'a pattern that cannot run',
    good.replace('target-url', 'header-control: {values: ["(?=a)"]}\n          target-url'),
    'control-pattern',
    'error',
    'header-control: {values: ["(?=a)"]}',
  ],
  [
    'a pattern that is too long',
    good.replace('target-url', `header-control: {values: [${'a'.repeat(201)}]}\n          target-url`),
    'control-pattern',
    'error',
    `header-control: {values: [${'a'.repeat(201)}]}`,
  ],
  [
    'a pattern that repeats too much',
    good.replace('target-url', 'header-control: {values: ["(abc){900}"]}\n          target-url'),
    'control-pattern',
    'error',
    'header-control: {values: ["(abc){900}"]}',
  ],
  [
    'patterns that are too long together',
    good.replace(
      'target-url',
      `parameter-control: {values: [${Array(26).fill('a'.repeat(200))}]}\n          target-url`,
    ),
    'control-pattern',
    'error',
    `parameter-control: {values: [${Array(26).fill('a'.repeat(200))}]}`,
  ],
  [
    'aliases that stand for too much',
    `${good}\nx-a: &a [${Array(500).fill(1)}]\nx-b: [*a, *a, *a,\n  *a,\n  *a]`,
    'yaml-alias',
    'error',
    '*a,',
  ],
  [
    'properties that take too much',
    `${good}\n  properties: {a: {value: ${'a'.repeat(65_600)}}}`,
    'properties-size',
    'error',
    `properties: {a: {value: ${'a'.repeat(65_600)}}}`,
  ],
  [
    'brackets that are nested too deep',
    `${good}\nx-a: ${'['.repeat(101)}`,
    'yaml-too-large',
    'error',
    `x-a: ${'['.repeat(101)}`,
  ],
  [
    'a TLS profile without TLS',
    good.replace('target-url', 'tls-profile: mine\n          target-url'),
    'tls-profile',
    'warning',
    'tls-profile: mine',
  ],
  [
    'a policy in request-assembly that none is published with',
    good.replace(
      'target-url',
      'request-assembly: {execute: [{gatewayscript: {version: 2.0.0, source: ""}}]}\n          target-url',
    ),
    'message-policy',
    'warning',
    'request-assembly: {execute: [{gatewayscript: {version: 2.0.0, source: ""}}]}',
  ],
  [
    'a message that shall switch protocols',
    good.replace(
      'target-url',
      'response-assembly: {execute: [{websocket-upgrade: {version: 2.0.0, target-url: "http://backend:8091"}}]}\n          target-url',
    ),
    'message-policy',
    'warning',
    'response-assembly: {execute: [{websocket-upgrade: {version: 2.0.0, target-url: "http://backend:8091"}}]}',
  ],
  [
    'a word that the lab does not know',
    `${good}\n  properties: {lab-echo: {value: all}}`,
    'lab-property',
    'warning',
    'properties: {lab-echo: {value: all}}',
  ],
];

/** What every reader meets sooner or later: the text, rule, severity, what stands at line and column, and the mend. */
const required: [string, string, string, 'error' | 'warning', string, string][] = [
  [
    'a ws target',
    good.replace('http://backend', 'ws://backend'),
    'target-url-scheme',
    'error',
    'target-url:',
    'Use http:// instead',
  ],
  [
    'an unknown property',
    good.replace('target-url', 'target-uri: a\n          target-url'),
    'property-unknown',
    'warning',
    'target-uri:',
    'It has version, title, description, target-url',
  ],
  [
    'a policy after websocket-upgrade',
    `${good.trimEnd()}\n      - gatewayscript: {version: 2.0.0, source: ""}`,
    'policy-after-upgrade',
    'warning',
    'gatewayscript:',
    'belongs before it',
  ],
  [
    'a wrong policy version',
    good.replace('version: 2.0.0', 'version: 1.0'),
    'policy-version',
    'warning',
    'version: 1.0',
    'has the version 1.0; the DataPower API Gateway has 2.0.0. Write version: 2.0.0',
  ],
  [
    'a wrong gateway type',
    good.replace('datapower-api-gateway', 'datapower-gateway'),
    'gateway-type',
    'warning',
    'gateway:',
    'need datapower-api-gateway',
  ],
  [
    'a missing wss',
    good.replace('https, wss', 'https'),
    'scheme-wss-missing',
    'warning',
    'schemes:',
    'Add "- wss"',
  ],
  [
    'no GET operation',
    good.replace('get: {}, ', '').replace('get: {}', 'put: {}'),
    'operation-get-missing',
    'warning',
    'paths:',
    'Add one, e.g. get under the path /',
  ],
  [
    'a method in capitals',
    good.replace(/paths:[\s\S]*?x-ibm/, 'paths:\n  /:\n    get: {}\n    POST: {}\nx-ibm'),
    'member-unknown',
    'warning',
    'POST:',
    'Did you mean post?',
  ],
  [
    'a slip in a member of the definition',
    `${good.trimEnd()}\nsecurty: [{key: []}]`,
    'member-unknown',
    'warning',
    'securty:',
    'Did you mean security?',
  ],
  [
    'a slip in a member of the assembly',
    `${good.trimEnd()}\n    finaly: []`,
    'member-unknown',
    'warning',
    'finaly:',
    'Did you mean finally?',
  ],
  [
    'an upgrade in finally',
    `${script.trimEnd()}\n    finally:\n      - websocket-upgrade: {version: 2.0.0, target-url: "http://backend:8091"}`,
    'upgrade-in-finally',
    'warning',
    'websocket-upgrade:',
    'Put it at the end of execute',
  ],
  [
    'a slip in a handler of catch',
    `${good.trimEnd()}\n    catch:\n      - errors: [ConnectionError]\n        exceute: []`,
    'member-unknown',
    'warning',
    'exceute:',
    'Did you mean execute?',
  ],
  [
    'a slip in a property',
    `${good.trimEnd()}\n  properties:\n    host:\n      vlaue: backend`,
    'member-unknown',
    'warning',
    'vlaue:',
    'Did you mean value?',
  ],
  [
    'a product file',
    'product: 1.0.0\ninfo: {name: p, title: P, version: 1.0.0}\nplans: {}',
    'openapi-version',
    'error',
    'product:',
    'Deploy it as a product',
  ],
  [
    'a policy with a slip in its name',
    good.replace('- websocket-upgrade', '- websocket_upgrade'),
    'policy-unknown',
    'warning',
    'websocket_upgrade:',
    'Did you mean websocket-upgrade?',
  ],
  [
    'a policy of the product with a slip in its name',
    `${good.replace(/- websocket-upgrade[\s\S]*/, '')}- map-s: {version: 2.0.0}`,
    'policy-unknown',
    'warning',
    'map-s:',
    'Did you mean map?',
  ],
  [
    'a base path without /',
    good.replace('/one', 'one'),
    'base-path-form',
    'error',
    'basePath:',
    'Write /one.',
  ],
  [
    'a base path with / at its end',
    good.replace('/one', '/one/'),
    'base-path-form',
    'error',
    'basePath:',
    'Write /one.',
  ],
  [
    'blacklist',
    good.replace('target-url', 'header-control:\n            type: blacklist\n          target-url'),
    'deprecated-name',
    'warning',
    'type: blacklist',
    'write blocklist',
  ],
  [
    'a member that the lab does not read, of a wrong shape',
    good.replace('x-ibm-configuration:', 'x-ibm-configuration:\n  phase: done'),
    'member-form',
    'warning',
    'phase: done',
    'expected identified, specified or realized',
  ],
  [
    'an undefined variable',
    good.replace('backend:', '$(nowhere):'),
    'variable-undefined',
    'warning',
    'target-url:',
    'Add it under x-ibm-configuration: properties',
  ],
];

describe('a mistake in a definition', () => {
  it.each(mistakes)('%s is told once, at its line', (_, text, rule, severity, line) => {
    expect(diagnosed(text)).toMatchObject([{ rule, severity, text: line }]);
    const { definition, diagnostics } = compileDefinition(text, 'one');
    expect(definition === null).toBe(severity === 'error');
    expect(diagnostics[0]?.message).toMatch(/\.$/);
  });

  it.each(required)('%s: the message says how to mend it', (_, text, rule, severity, place, mend) => {
    const [found] = compileDefinition(text, 'one').diagnostics;
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.trim().replace(/^- /, '').startsWith(place));
    const column = (lines[line]?.indexOf(place) ?? 0) + 1;
    expect(found).toMatchObject({ rule, severity, line: line + 1, column });
    expect(found?.message).toContain(mend);
  });

  it('points at the very member, by line, column and path', () => {
    const text = good.replace('http://backend', 'ws://backend');
    const [found] = compileDefinition(text, 'one').diagnostics;
    const line = text.split('\n').findIndex((each) => each.includes('target-url'));
    expect(found).toMatchObject({
      line: line + 1,
      column: (text.split('\n')[line]?.indexOf('target-url') ?? 0) + 1,
    });
    expect(found?.path).toEqual([
      'x-ibm-configuration',
      'assembly',
      'execute',
      0,
      'websocket-upgrade',
      'target-url',
    ]);
  });

  it.each([
    'http://2130706433:8091',
    'http://0x7f.1:8091',
    'http://[::ffff:127.0.0.1]:8091',
    'http://169.254.169.254',
    'http://backend@198.51.100.7:8091',
    'http://198.51.100.7:8091#backend',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('never lets %s name a server outside', (url) => {
    const { definition, diagnostics } = compileDefinition(
      good.replace('http://backend:8091', `"${url}"`),
      'one',
    );
    // Another notation of 127.0.0.1 is that address, which is a server of the sandbox.
    if (definition) expect(new URL(url).hostname).toBe('127.0.0.1');
    else expect(diagnostics.map(({ rule }) => rule)).toEqual([expect.stringMatching(/^target-/)]);
  });
});
