import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('./content/docs/what-is-emulated/', import.meta.url);
/** The page and those below it, as one text. */
const page = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');
const server = new URL('../sandbox-server/', import.meta.url);
const source = (file: string) => readFileSync(new URL(file, server), 'utf8');

/** The rows of all tables: what is said, and how it is known. */
const rows = [...page.matchAll(/^\| (.+) \| (.+) \|$/gm)]
  .map(([, behaviour = '', standing = '']) => ({ behaviour, standing }))
  .filter(
    ({ behaviour, standing }) =>
      behaviour !== 'Behaviour' && !behaviour.startsWith('---') && standing !== '---',
  );

test('every behaviour carries exactly one standing', () => {
  expect(rows.length).toBeGreaterThan(60);
  for (const { behaviour, standing } of rows) {
    expect(standing, behaviour).toMatch(/^<Standing of="(documented|seen|inferred|lab)" \/>$/);
  }
});

test('every module that a script can require stands on the page', () => {
  const modules = readdirSync(new URL('gatewayscript/guest/modules/', server))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length));
  expect(modules).toContain('crypto');
  const missing = page.slice(page.indexOf('Not there yet:')).split('\n')[0] ?? '';
  for (const name of modules) {
    expect(page, name).toMatch(new RegExp(`\`${name}[.\`]|require\\('${name}'\\)`));
    expect(missing, `${name} is there`).not.toContain(`\`${name}\``);
  }
});

test('every host that stands for an own server is on the page', () => {
  const hosts = /SANDBOX_HOSTS[^[]*\[([^\]]+)\]/.exec(source('gateway/target/hosts.ts'))?.[1] ?? '';
  const names = [...hosts.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(page).toContain(`\`${name}\``);
});

test("the lab's own properties and their values are on the page", () => {
  const text = source('gateway/definition/properties.ts');
  const values = (name: string) =>
    [...(new RegExp(`${name} = \\[([^\\]]+)\\]`).exec(text)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(
      ([, value]) => value,
    );
  expect(values('LAB_ECHO')).toEqual(['upgrade', 'none']);
  expect(values('LAB_ATTACH')).toEqual(['none', 'uppercase']);
  for (const said of ['`lab-echo: none`', '`lab-attach: uppercase`']) expect(page).toContain(said);
});
