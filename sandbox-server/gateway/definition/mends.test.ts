// The mistakes that every reader meets sooner or later: each message says how to mend it.
import { describe, expect, it } from 'vitest';
import { compileDefinition } from './compile.ts';
import { good, script } from './mistakes.fixture.ts';

/** What it is called, the text, rule, severity, what stands at line and column, and the mend. */
const mistakes: [string, string, string, 'error' | 'warning', string, string][] = [
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

describe('a mistake that many make', () => {
  it.each(mistakes)('%s: the message says how to mend it', (_, text, rule, severity, place, mend) => {
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
});
