// For every checkpoint that looks at files: the page's start fails it, and the page's solution passes it.
import { expect, test } from 'vitest';
import { CHECKPOINTS } from './checkpoints.ts';
import { labForChecks, verdictOn } from './examined.fixture.ts';
import { checkpointFolders, textsOf } from './lesson-files.ts';

const folders = checkpointFolders();
const lab = labForChecks();

test('every checkpoint has a folder of the lessons, and every folder its checkpoint', () => {
  expect(folders.map(({ step }) => step).toSorted()).toEqual([...CHECKPOINTS.keys()].toSorted());
});

for (const folder of folders) {
  if (CHECKPOINTS.get(folder.step)?.kind !== 'trial') continue;

  test(`${folder.step}: the start fails, and says what was expected and one hint`, async () => {
    const verdict = await verdictOn(lab, folder.step, textsOf(folder, folder.start));
    const last = verdict.tries.at(-1);
    expect(verdict.passed).toBe(false);
    expect(last?.passed).toBe(false);
    expect(last?.expected).not.toBe('');
    expect(last?.received).not.toBe('');
    expect(verdict.hint).toMatch(/\.$/);
  });

  test(`${folder.step}: the solution passes, again and again`, async () => {
    const times = [1, 2, 3].map(() => verdictOn(lab, folder.step, textsOf(folder, folder.solution)));
    for (const verdict of await Promise.all(times))
      expect(verdict).toMatchObject({ passed: true, hint: null });
  });
}
