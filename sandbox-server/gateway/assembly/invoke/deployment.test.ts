import { expect, it } from 'vitest';
import { compileDefinition } from '../../definition/compile.ts';
import { definitionText } from '../../started-gateway.fixture.ts';

const target = 'target-url: http://backend:8091';
it.each([
  ['no target', 'verb: GET', 'error', 'target-url-missing', 'invoke has no target-url'],
  ['ws', 'target-url: ws://backend:8091', 'error', 'target-url-scheme', 'ws://'],
  ['a server outside', 'target-url: https://example.org', 'error', 'target-outside-sandbox', 'example.org'],
  ['a verb that there is not', `${target}\nverb: FETCH`, 'error', 'property-type', 'verb'],
  [
    'an error that there is not',
    `${target}\nstop-on-error: [AnyError]`,
    'error',
    'property-type',
    'stop-on-error',
  ],
  ['an output that is read-only', `${target}\noutput: request`, 'error', 'property-type', 'read-only'],
  [
    'a pattern',
    `${target}\nheader-control: {type: blocklist, values: ['(']}`,
    'error',
    'control-pattern',
    '(',
  ],
  [
    'an older word',
    `${target}\nparameter-control: {type: whitelist}`,
    'warning',
    'deprecated-name',
    'allowlist',
  ],
  [
    'its websocket-upgrade',
    `${target}\nwebsocket-upgrade: true`,
    'warning',
    'property-deprecated',
    'Use the policy websocket-upgrade',
  ],
  ['a property of no policy', `${target}\ntarget: x`, 'warning', 'property-unknown', 'target'],
  [
    'caching',
    `${target}\ncache-response: time-to-live`,
    'info',
    'not-emulated',
    'cache-response has no effect',
  ],
  ['a backend type', `${target}\nbackend-type: xml`, 'info', 'not-emulated', 'backend-type has no effect'],
])('deployment tells %s', (_, lines, severity, rule, text) => {
  const policy = `- invoke:\n    version: 2.0.0\n${lines.replace(/^/gm, '    ')}`;
  const { definition, diagnostics } = compileDefinition(definitionText('/one', policy), 'one');
  expect(diagnostics).toMatchObject([{ severity, rule, message: expect.stringContaining(text) }]);
  expect(definition === null).toBe(severity === 'error');
});

it('what an editor writes by default, and empty values, are told by nothing', () => {
  const lines = [
    target,
    'secure-gateway: false',
    'cache-response: protocol',
    'cache-ttl: 900',
    "tls-profile: ''",
    "output: ''",
    'timeout: 60',
    'verb: keep',
    'stop-on-error: []',
    'backend-type: detect',
    'websocket-upgrade: false',
    'header-control: {type: blocklist, values: []}',
  ];
  const policy = `- invoke:\n    version: 2.3.0\n${lines.map((line) => `    ${line}`).join('\n')}`;
  expect(compileDefinition(definitionText('/one', policy), 'one').diagnostics).toEqual([]);
});
