// `npm run record`: prints every lesson's outputs anew into the files that the pages show before anything runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLab } from '../lab/server.ts';
import { lessons } from './lesson.ts';
import { printConversation, printDeployment, printRun } from './print.ts';
import { recordSymptoms } from './record-symptoms.ts';

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Frames come at other times each day: that alone makes no new file. */
const withoutTimes = (text: string) => text.replaceAll(/"at": (\d+|"[^"]*")/g, '"at": 0');

function write(folder: string, file: string, printed: unknown) {
  const path = join(folder, file);
  const text = `${JSON.stringify(printed, null, 2)}\n`;
  if (withoutTimes(readOrNothing(path)) === withoutTimes(text)) return;
  writeFileSync(path, text);
  console.log(`recorded ${path.slice(path.indexOf('docs/content'))}`);
}

const lab = await startLab();
for (const lesson of lessons) {
  for (const run of lesson.runs) write(lesson.folder, run.recorded, await printRun(lab, lesson, run));
  for (const deployment of lesson.deployments)
    write(lesson.folder, deployment.recorded, await printDeployment(lab, lesson, deployment));
  for (const conversation of lesson.conversations)
    write(lesson.folder, conversation.recorded, await printConversation(lab, conversation));
}
await recordSymptoms(lab, write);
process.exitCode = (await lab.stop()) ?? 1;
