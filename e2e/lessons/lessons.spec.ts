// Every file that a lesson shows is a file that runs, and what its page shows as output is what it prints today.
import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { expect, test } from '../lab/test.ts';
import { lessons, textOf } from './lesson.ts';
import { printConversation, printDeployment, printRun } from './print.ts';

const rows = z.array(
  z.object({
    at: z.number(),
    direction: z.string(),
    opcode: z.number().nullable(),
    length: z.number(),
    payload: z.string(),
  }),
);
/** Times differ from day to day; all else must not. */
const withoutTimes = (frames: unknown) => rows.parse(frames).map(({ at: _, ...frame }) => frame);

for (const lesson of lessons) {
  for (const run of lesson.runs) {
    test(`${lesson.id}: the recorded output of ${run.script} is what it prints today`, async ({ lab }) => {
      expect(await printRun(lab, lesson, run)).toEqual(JSON.parse(textOf(lesson, run.recorded)));
    });
  }
  for (const deployment of lesson.deployments) {
    test(`${lesson.id}: the recorded answer to deploying ${deployment.definition} is today's`, async ({
      lab,
    }) => {
      expect(await printDeployment(lab, lesson, deployment)).toEqual(
        JSON.parse(textOf(lesson, deployment.recorded)),
      );
    });
  }
  for (const conversation of lesson.conversations) {
    test(`${lesson.id}: the recorded frames of ${conversation.path} are today's`, async ({ lab }) => {
      const printed = await printConversation(lab, conversation);
      expect(withoutTimes(printed)).toEqual(withoutTimes(JSON.parse(textOf(lesson, conversation.recorded))));
    });
  }
  for (const file of lesson.commands) {
    test(`${lesson.id}: every command of ${file} parses`, () => {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: textOf(lesson, file), encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    });
  }
}
