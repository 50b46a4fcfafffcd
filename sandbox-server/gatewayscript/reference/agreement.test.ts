// gatewayscript.d.ts and the runtime say the same, in both directions.
import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startScripts } from '../guest/modules/script-value.ts';
import { DECLARATIONS } from './declarations.fixture.ts';
import { EXAMPLE_RUN } from './example-run.fixture.ts';
import { isInternal, MEMBERS } from './runtime-members.fixture.ts';

const scripts = startScripts();
afterAll(() => scripts.close());

const { globals, shapes } = DECLARATIONS;

/** All names of a shape, those of its bases included; `new`, `call` and `[index]` are no members. */
function namesOf(names: readonly string[], bases: readonly string[]): Set<string> {
  const inherited = bases.flatMap((base) => {
    const shape = shapes.find((each) => each.name === base);
    return shape ? [...namesOf(shape.names, shape.bases)] : [];
  });
  return new Set([...names, ...inherited].filter((each) => !['new', 'call', '[index]'].includes(each)));
}

const extended = new Set(shapes.flatMap(({ bases }) => bases));
const parsed = z.object({ names: z.array(z.string()), kinds: z.record(z.string(), z.string()) });
const values = shapes.filter(({ from, by }) => from !== null || by !== null);

describe.each(values)('$page: $kind $name', ({ name, names, bases, from, by, members }) => {
  test('has in the runtime what is declared, and nothing else', async () => {
    const check = `function done(value) {
      var kinds = Object.create(null);
      ${JSON.stringify(members.filter(({ isFunction }) => isFunction).map((each) => each.name))}.forEach(function (each) {
        if (each !== 'call') kinds[each] = kind(value, each);
      });
      context.set('found', JSON.stringify({ names: members(value), kinds: kinds }));
    }`;
    const { variables, error } = await scripts.run(
      `${MEMBERS}\n${check}\n${by ?? `done(${from});`}`,
      EXAMPLE_RUN,
    );
    expect(error).toBeNull();
    const found = parsed.parse(JSON.parse(String(variables.found)));
    const declared = namesOf(names, bases);
    const real = new Set(found.names.filter((each) => declared.has(each) || !isInternal(each)));
    // Every object of the language has these, declared or not.
    for (const each of ['toString', 'toLocaleString', 'prototype']) {
      real.delete(each);
      declared.delete(each);
    }
    // What else a value of a base has, the shape says that is made of it.
    if (extended.has(name)) for (const each of real) if (!declared.has(each)) real.delete(each);
    expect([...real].sort()).toEqual([...declared].sort());
    expect(new Set(Object.values(found.kinds))).toEqual(
      new Set(Object.keys(found.kinds).length > 0 ? ['function'] : []),
    );
  });
});

test('every module that can be required is declared, and every declared one can be required', () => {
  const modules = readdirSync(new URL('../guest/modules/', import.meta.url))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length));
  const declared = shapes.filter(({ kind }) => kind === 'module').map(({ name }) => name);
  expect(declared.sort()).toEqual(modules.sort());
});

test('every variable that a run has is declared', async () => {
  const roots = ['request', 'api', 'system', 'session', 'client', 'local'];
  const real = await scripts.value(
    `return ${JSON.stringify(roots)}.reduce(function (all, root) {
      return all.concat(Object.keys(context.get(root)).map(function (name) { return root + '.' + name; }));
    }, []);`,
    null,
    EXAMPLE_RUN,
  );
  const declared = shapes
    .find(({ name }) => name === 'ContextVariables')
    ?.names.filter((name) => roots.includes(name.split('.')[0] ?? ''));
  expect(declared?.sort()).toEqual(z.array(z.string()).parse(real).sort());
});

test('every declared global is there', async () => {
  const names = globals.map(({ name }) => name);
  const absent = await scripts.value(
    `return [${names.map((name) => `typeof ${name} === 'undefined' && '${name}'`).join()}].filter(Boolean);`,
  );
  expect(absent).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});

test('every member says what it does, shows it, and how far it is known', () => {
  const told = [
    ...globals,
    ...shapes.flatMap(({ name, members }) =>
      members.map((each) => ({ ...each, name: `${name}.${each.name}` })),
    ),
  ];
  expect(told.length).toBeGreaterThan(400);
  for (const { name, text, example, standing } of told) {
    expect(text, name).toMatch(/[.:]$/);
    expect(example, name).toMatch(/\/\/ prints ./);
    expect(standing, name).not.toBeNull();
  }
  for (const { name, text, page, standing, kind } of shapes) {
    expect(text, name).not.toBe('');
    expect(page, name).not.toBe('');
    if (kind === 'module') expect(standing, name).not.toBeNull();
  }
});
