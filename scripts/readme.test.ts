// What the README promises is what there is: each setting with its default, each command, each dependency.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../sandbox-server/config.ts';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const readme = read('README.md');
const manifest = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read('package.json')));

/** Defaults that depend on the machine are told in words. */
const IN_WORDS = new Set(['SCRIPT_WORKERS']);

it('names every setting with its default', () => {
  const rows = new Map(
    [...readme.matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`)?/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const settings = [...read('sandbox-server/config.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(
    ([, name = '']) => name,
  );
  expect([...rows.keys()].sort()).toEqual(settings.sort());
  for (const [name, value] of Object.entries(readConfig({}))) {
    if (!IN_WORDS.has(name)) expect(`${name}=${rows.get(name)}`).toBe(`${name}=${value}`);
  }
});

it('names only commands that exist', () => {
  const named = [...readme.matchAll(/`npm (?:run )?(start|test|dev|build|record|bench|audit)`/g)].map(
    ([, name = '']) => name,
  );
  expect(named).not.toEqual([]);
  for (const name of named) expect(Object.keys(manifest.scripts)).toContain(name);
});

it('says why every dependency is there', () => {
  const why = readme.slice(readme.indexOf('## What it is built on'));
  const all = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  expect(all.filter((name) => !why.includes(`\`${name}\``))).toEqual([]);
});

it('shows a test of a policy that is run here as it stands', () => {
  const [, ...example] = read('sandbox-server/command-line/your-policy.test.ts').split('\n');
  expect(readme).toContain(`\`\`\`ts\n${example.join('\n')}\`\`\``);
});
