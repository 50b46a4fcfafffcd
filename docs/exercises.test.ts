// What every exercise page has: an editor for each file of its checkpoint, no solution in sight, and a place in the sidebar and on the list.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkpointFileSchema } from '../sandbox-server/checkpoints/lesson-files.ts';

const ROOT = new URL('./content/docs/exercises/', import.meta.url).pathname;
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
const exercises = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const sidebar = readFileSync(new URL('../astro.config.mjs', import.meta.url), 'utf8');

test('there are at least twelve exercises', () => {
  expect(exercises.length).toBeGreaterThanOrEqual(12);
});

for (const name of exercises) {
  test(`${name}: its page shows the files of its checkpoint as they start, and nothing of the solution`, () => {
    const page = read(`${name}/index.mdx`);
    const { step, start, solution } = checkpointFileSchema.parse(JSON.parse(read(`${name}/checkpoint.json`)));
    expect(step).toBe(name);
    expect(page).toMatch(new RegExp(`^step: ${name}$`, 'm'));
    expect(page).toContain(`<Checkpoint step="${name}" />`);
    for (const [file, text] of Object.entries(start)) {
      expect(page).toContain(`file="${file}"`);
      expect(page).toContain(`${text}?raw`);
    }
    for (const text of Object.values(solution)) expect(page).not.toContain(text);
  });

  test(`${name}: it is in the sidebar and on the list`, () => {
    expect(sidebar).toContain(`'exercises/${name}'`);
    expect(read('index.mdx')).toContain(`(/exercises/${name}/)`);
  });
}
