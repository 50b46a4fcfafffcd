import { expect, it } from 'vitest';
import { ERROR_NAMES } from '../../assembly/error-names.ts';
import { definitionText, scriptPolicy } from '../../started-gateway.fixture.ts';
import { compileDefinition } from '../compile.ts';

function told(policies: string, handlers: string): string[] {
  const rest = `    catch:\n${handlers.replace(/^/gm, '      ')}`;
  return compileDefinition(definitionText('/one', policies, rest), 'one')
    .diagnostics.filter(({ rule }) => rule.startsWith('catch-'))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const log = '- log: {version: 2.1.0, mode: gather-only}';

it.each([
  ['an error of the product', log, `- errors: [${ERROR_NAMES.join(', ')}]\n  execute: []`],
  ['an error of a throw', '- throw: {version: 2.0.0, name: Cold}', '- errors: [Cold]\n  execute: []'],
  [
    'an error of a script',
    scriptPolicy("context.reject('Too cold', 'x')"),
    '- errors: [Too cold]\n  execute: []',
  ],
  ['an error of a policy that the lab does not know', '- map: {}', '- errors: [MapError]\n  execute: []'],
  [
    'an error that comes with the request',
    '- throw: {version: 2.0.0, name: $(request.verb)}',
    '- errors: [GET]\n  execute: []',
  ],
  ['a default handler at the end', log, '- errors: [RuntimeError]\n  execute: []\n- default: []'],
])('%s is as it should be', (_, policies, handlers) => {
  expect(told(policies, handlers)).toEqual([]);
});

it('an error that nothing raises is told, with the name that is near', () => {
  expect(told(log, '- errors: [connectionerror, Cold]\n  execute: []')).toEqual([
    expect.stringMatching(
      /^catch-error-unknown: Nothing raises the error connectionerror,.* Write ConnectionError\.$/,
    ),
    expect.stringMatching(/^catch-error-unknown: Nothing raises the error Cold,.* Give a throw/),
  ]);
});

it('an error that a handler before takes is told by its name, the others of that handler are not', () => {
  const handlers =
    '- errors: [RuntimeError]\n  execute: []\n- errors: [ConnectionError, RuntimeError]\n  execute: []';
  expect(told(log, handlers)).toEqual([
    expect.stringMatching(/^catch-order: A handler before this one takes RuntimeError: /),
  ]);
});

it('a handler behind the default one is told', () => {
  expect(told(log, '- default: []\n- errors: [RuntimeError]\n  execute: []')).toEqual([
    expect.stringContaining('catch-order: A default handler stands before this one'),
  ]);
});
