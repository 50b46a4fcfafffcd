// Each "find the fault" page shows what the lab tells today of a connection through its faulty file. `npm run record` records anew.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CHECKPOINTS } from '../checkpoints.ts';
import { labForChecks } from '../examined.fixture.ts';
import { checkpointFolders, textsOf } from '../lesson-files.ts';
import { recordTrace } from './recorded-trace.fixture.ts';

const recordedTrace = z.object({ send: z.array(z.string()), events: z.unknown() });
const lab = labForChecks();
const folders = checkpointFolders().filter(({ step }) => step.startsWith('find-the-fault-'));

test('there are five faults to find, and each has its trace', () => {
  expect(folders.map(({ folder }) => existsSync(join(folder, 'trace.recorded.json')))).toEqual(
    Array(5).fill(true),
  );
});

for (const folder of folders) {
  const file = join(folder.folder, 'trace.recorded.json');
  const recorded = (): z.output<typeof recordedTrace> =>
    recordedTrace.parse(JSON.parse(readFileSync(file, 'utf8')));
  const traceOf = (files: Readonly<Record<string, string>>) => {
    const checkpoint = CHECKPOINTS.get(folder.step);
    if (checkpoint?.kind !== 'trial') throw new Error(`${folder.step} has no files to trace`);
    return recordTrace(lab, checkpoint, textsOf(folder, files), recorded().send);
  };

  test(`${folder.step}: the trace on its page is today's`, async () => {
    const trace = await traceOf(folder.start);
    await expect(`${JSON.stringify(trace, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  test(`${folder.step}: with the mended file the trace is another one`, async () => {
    expect((await traceOf(folder.solution)).events).not.toEqual(recorded().events);
  });
}
