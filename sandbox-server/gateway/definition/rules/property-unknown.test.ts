import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { definitionText } from '../../started-gateway.fixture.ts';
import { compileDefinition } from '../compile.ts';

function told(policy: string) {
  const text = definitionText('/one', policy);
  const { definition, diagnostics } = compileDefinition(text, 'one');
  const found = diagnostics.filter(({ rule }) => rule === 'property-unknown');
  return { text, definition, found };
}

/** A policy with its mistake in place of `HERE`, what the message begins with, and the name that is meant. */
const nested: [string, string, string][] = [
  [
    '- websocket-upgrade:\n    version: 2.0.0\n    target-url: http://backend:8091\n    header-control:\n      HERE: blocklist\n      values: [a]',
    'header-control of websocket-upgrade has no property HERE.',
    'type, values',
  ],
  [
    '- websocket-upgrade:\n    version: 2.0.0\n    target-url: http://backend:8091\n    request-assembly:\n      HERE: []',
    'request-assembly of websocket-upgrade has no property HERE.',
    'execute',
  ],
  [
    '- set-variable:\n    version: 2.0.0\n    actions:\n      - {set: message.headers.A, value: 1}\n      - set: message.headers.B\n        HERE: 2',
    'actions[1] of set-variable has no property HERE.',
    'set, add, clear, value, type',
  ],
  [
    '- switch:\n    version: 2.0.0\n    case:\n      - condition: "true"\n        HERE: []',
    'case[0] of switch has no property HERE.',
    'condition, execute, otherwise',
  ],
  [
    '- operation-switch:\n    version: 2.0.0\n    case:\n      - operations:\n          - connect\n          - verb: get\n            HERE: /\n        execute: []',
    'case[0].operations[1] of operation-switch has no property HERE.',
    'verb, path',
  ],
  [
    '- ratelimit:\n    version: 2.0.0\n    count-limit:\n      - name: connections\n        HERE: inc',
    'count-limit[0] of ratelimit has no property HERE.',
    'name, operation',
  ],
  [
    '- parse:\n    version: 2.1.0\n    parse-settings-reference:\n      parse-settings:\n        HERE: 5',
    'parse-settings-reference.parse-settings of parse has no property HERE.',
    'document_type, max_doc_size, max_nesting_depth',
  ],
  [
    '- if:\n    version: 2.0.0\n    condition: "true"\n    execute:\n      - invoke:\n          version: 2.0.0\n          target-url: http://backend:8091\n          parameter-control:\n            HERE: [a]',
    'parameter-control of invoke has no property HERE.',
    'type, values',
  ],
];

it.each(nested)(
  'a name that an object inside a policy does not have is told where it stands: %s',
  (policy, begin, names) => {
    const name = `x${randomBytes(6).toString('hex')}`;
    const { text, definition, found } = told(policy.replace('HERE', name));
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.includes(name));
    expect(found).toEqual([
      {
        severity: 'warning',
        rule: 'property-unknown',
        line: line + 1,
        column: (lines[line]?.indexOf(name) ?? 0) + 1,
        message: expect.stringContaining(`${begin.replace('HERE', name)} It has ${names}`),
        path: expect.arrayContaining([name]),
      },
    ]);
    expect(definition).not.toBeNull();
  },
);

it.each([
  ['header-control: {typ: blocklist}', 'typ', 'type'],
  ['parameter-control: {valeus: [a]}', 'valeus', 'values'],
  ['request-assembly: {exceute: []}', 'exceute', 'execute'],
  ['targetUrl: http://backend:8091', 'targetUrl', 'target-url'],
  ['folow-redirects: true', 'folow-redirects', 'follow-redirects'],
])('%s: the name that is meant is told', (line, name, meant) => {
  const { found } = told(
    `- websocket-upgrade:\n    version: 2.0.0\n    target-url: http://backend:8091\n    ${line}`,
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.message).toContain(` has no property ${name}. Did you mean ${meant}? It has `);
});

it('a name of invoke is told as that, and only at the top', () => {
  const { found } = told(
    '- websocket-upgrade:\n    version: 2.0.0\n    target-url: http://backend:8091\n    verb: GET\n    header-control: {verb: GET}',
  );
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining('websocket-upgrade has no property verb; it is one of invoke. It has version'),
    expect.stringContaining('header-control of websocket-upgrade has no property verb. It has type'),
  ]);
});

it('objects that may have any names are left alone, and so are values of another type', () => {
  for (const line of ['compile-settings: {anything: 1}', 'compile-settings: [{a: 1}]', 'output: {a: 1}'])
    expect(told(`- validate:\n    version: 2.0.0\n    ${line}`).found).toEqual([]);
  expect(
    told('- set-variable: {version: 2.0.0, actions: [{set: a, value: {any: {thing: 1}}}]}').found,
  ).toEqual([]);
});
