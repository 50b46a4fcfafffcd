import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('./content/docs/', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
const pages = files.filter((file) => /\.mdx?$/.test(file));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const strings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(strings)
      : [];

test('the definition that the demo serves holds exactly the script that the lesson shows', () => {
  const folder = 'gatewayscript/02-handshake-handler';
  const definition = z
    .object({
      'x-ibm-configuration': z.object({
        assembly: z.object({
          execute: z.tuple([z.object({ gatewayscript: z.object({ source: z.string() }) })]),
        }),
      }),
    })
    .parse(parse(read(`${folder}/websocket-test.yaml`)));
  const [{ gatewayscript }] = definition['x-ibm-configuration'].assembly.execute;
  expect(gatewayscript.source).toBe(read(`${folder}/handler.js`));
});

test('each step of the definition changes what its page says, and nothing else', () => {
  const step = (name: string) => read(`websocket-upgrade/${name}/websocket-upgrade.yaml`).split('\n');
  const added = (from: string, to: string) => step(to).filter((line) => !step(from).includes(line));
  const withoutAdded = (from: string, to: string) => step(to).filter((line) => step(from).includes(line));
  for (const [from, to, line] of [
    ['04-create-api', '05-target-url', '          target-url: http://backend:8091'],
    ['05-target-url', '06-wss-scheme', '  - wss'],
  ] as const) {
    expect(added(from, to)).toEqual([line]);
    expect(withoutAdded(from, to)).toEqual(step(from));
  }
  expect(step('07-deploy')).toEqual(step('06-wss-scheme'));
});

for (const page of pages) {
  const text = read(page);

  test(`${page} opens with what the reader will be able to do`, () => {
    const description = /^description: (.+)$/m.exec(text)?.[1] ?? '';
    expect(description).not.toBe('');
    if (page !== '404.md') expect(description).toMatch(/^You will be able to /);
  });

  test(`${page} links only to pages that exist`, () => {
    const links = [...text.matchAll(/\]\((\/[^)#]*)/g)].map(([, path = '']) => path);
    for (const path of links) {
      expect(path, 'a path of the site ends with a slash').toMatch(/\/$/);
      const places = [`${path.slice(1)}index.mdx`, `${path.slice(1, -1)}.md`];
      expect(
        places.some((place) => pages.includes(place)),
        path,
      ).toBe(true);
    }
  });
}

for (const folder of new Set(files.filter((file) => basename(file) === 'lesson.json').map(dirname))) {
  const lesson: unknown = JSON.parse(read(join(folder, 'lesson.json')));
  const page = read(join(folder, 'index.mdx'));
  // What a checkpoint starts from and ends in is run by its proofs (sandbox-server/checkpoints/proofs.test.ts).
  const checkpoint = join(folder, 'checkpoint.json');
  const proved = existsSync(join(root, checkpoint)) ? strings(JSON.parse(read(checkpoint))) : [];

  test(`${folder}: every file that must run is there, and every file that is there is shown or run`, () => {
    const listed = [...strings(lesson), ...proved].filter((name) => /^[\w-]+(\.\w+)+$/.test(name));
    for (const name of listed) expect(existsSync(join(root, folder, name)), name).toBe(true);

    const imported = [...page.matchAll(/from '(\.[^'?]+)/g)].map(([, name = '']) => join(folder, name));
    const own = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of own) {
      if (/^(lesson|checkpoint)\.json$/.test(name) || /\.mdx?$/.test(name)) continue;
      expect([...listed.map((file) => join(folder, file)), ...imported], name).toContain(join(folder, name));
    }
  });
}
