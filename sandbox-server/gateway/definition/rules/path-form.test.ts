import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOperation } from '../../handshake/routing.ts';
import { definitionText, upgradePolicy } from '../../started-gateway.fixture.ts';
import { compileDefinition } from '../compile.ts';

function compiled(...paths: string[]) {
  const listed = paths.map((path) => `  ${JSON.stringify(path)}: {get: {}}`).join('\n');
  const text = definitionText('/one', upgradePolicy()).replace('  /echo/{name}: {get: {}}', listed);
  const { definition, diagnostics } = compileDefinition(text, 'one');
  const told = diagnostics
    .filter(({ rule }) => rule === 'path-form')
    .map(({ line, ...found }) => ({ ...found, text: text.split('\n')[line - 1]?.trim() }));
  return { definition, told };
}

it('a path without / at its start is an error, with the path to write', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-w][a-z0-9/]{0,20}$/), (path) => {
      const { definition, told } = compiled(path);
      expect(definition).toBeNull();
      expect(told).toMatchObject([
        {
          severity: 'error',
          message: `The path ${path} must start with /. Write /${path}.`,
          path: ['paths', path],
        },
      ]);
    }),
  );
});

const mistakes: [string, RegExp, string][] = [
  ['/a?x=1', /^A request for \/a\?x=1 does not match .* what follows \? is its query/, '/a'],
  ['/a/{b}?x={y}', /what follows \?/, '/a/{b}'],
  ['/?', /what follows \?/, '/'],
  ['//', /must not end/, '/'],
  ['/a#b', /what follows # is a fragment/, '/a'],
  ['/a/../b', /Clients take \. and \.\. out/, '/a/b'],
  ['/./{a}', /Clients take \. and \.\. out/, '/{a}'],
  ['/a\\b', /Many clients send \/ for/, '/a/b'],
  ['/a b', /cannot have a space .* a client sends %20/, '/a-b'],
  ['/a ', /space/, '/a'],
  ['/j/{n}.json', /whole part between slashes: \{n\}\.json means these very characters/, '/j/{n}'],
  ['/v{n}/x', /: v\{n\} means/, '/{n}/x'],
  ['/{a}{b}', /: \{a\}\{b\} means/, '/{a}'],
  ['/a/{}', /: \{\} means/, '/a/{name}'],
  ['/a/{b', /: \{b means/, '/a/{name}'],
  ['/a/', /must not end with \//, '/a'],
];

describe('a path that no request has', () => {
  it.each(mistakes)('%s is a warning that says why, and what to write', (path, why, mend) => {
    const { definition, told } = compiled(path);
    expect(told).toEqual([
      {
        severity: 'warning',
        rule: 'path-form',
        message: expect.stringMatching(why),
        column: 3,
        path: ['paths', path],
        text: `${JSON.stringify(path)}: {get: {}}`,
      },
    ]);
    expect(told[0]?.message).toMatch(/ Write \S+\.$/);
    expect(told[0]?.message).toContain(` Write ${mend}.`);
    expect(definition).not.toBeNull();
    expect(mend === '/' ? [] : compiled(mend).told).toEqual([]);
  });

  it('of /a/{+rest}/b: only at its end a parameter stands for several parts', () => {
    expect(compiled('/a/{+rest}/b').told[0]?.message).toMatch(
      /^\{\+rest\} stands for several parts only at the end/,
    );
  });
});

it.each(['/a', '/a/{b}', '/{b}/a', '/a/{+rest}', '/a/{*rest}', '/a/%20', '/x-y/z.json', 'x-note'])(
  '%s is right',
  (path) => {
    expect(compiled(path).told).toEqual([]);
  },
);

it('paths that differ in the names of parameters only are told at the second one', () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          name,
          name.map((part) => `{${part}}`),
        ),
        { minLength: 1 },
      ),
      (parts) => {
        const path = `/${parts.join('/')}`;
        const other = path.replaceAll('{', '{other');
        const { definition, told } = compiled(path, other);
        fc.pre(path !== other);
        expect(told).toMatchObject([{ severity: 'warning', path: ['paths', other] }]);
        expect(told[0]?.message).toMatch(/ matches what \/.* matches: .* only the first answers/);
        // As the sentence says.
        const request = path.replaceAll(/[{}]/g, '');
        expect(definition && findOperation(definition, 'get', request)?.path).toBe(path);
      },
    ),
  );
});

it('a path with another qualifier, or another method’s alone, is another path', () => {
  expect(compiled('/a/{b}', '/a/{+b}', '/a/{*b}').told).toEqual([]);
});

it('a long path is named short, and what to write is whole', () => {
  expect(compiled(`/${'a'.repeat(900)}/{b`).told[0]?.message).toMatch(/^.{0,250} Write \/a+\/\{name\}\.$/);
});
