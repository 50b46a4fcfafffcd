// A lesson's list of what it shows: `lesson.json` beside its page names every file that must run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const LESSONS = new URL('../../docs/content/docs/', import.meta.url).pathname;

/** File names stand for files in the lesson's own folder. */
const lessonSchema = z.strictObject({
  id: z.string(),
  /** A script run against a request; the recorded file is the answer of `POST /api/runs`. */
  runs: z
    .array(
      z.strictObject({
        script: z.string(),
        request: z.string(),
        recorded: z.string(),
        /** API properties, where the page's definition has some. */
        properties: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
  /** A definition, or a product, put into a new sandbox; the recorded file is the answer, accepted or refused. */
  deployments: z
    .array(
      z.strictObject({
        definition: z.string(),
        api: z.string(),
        recorded: z.string(),
        as: z.enum(['apis', 'products']).default('apis'),
      }),
    )
    .default([]),
  /** Texts sent over a WebSocket through the demo's gateway; the recorded file is the list of frames. */
  conversations: z
    .array(
      z.strictObject({
        organization: z.literal('demo'),
        path: z.string(),
        send: z.array(z.string()),
        recorded: z.string(),
      }),
    )
    .default([]),
  /** Files of shell commands. */
  commands: z.array(z.string()).default([]),
});

export type Lesson = z.output<typeof lessonSchema> & { folder: string };

/** All lessons, in the order of their folders. */
export const lessons: Lesson[] = readdirSync(LESSONS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('lesson.json'))
  .sort()
  .map((file) => {
    const folder = join(LESSONS, file, '..');
    return { ...lessonSchema.parse(JSON.parse(readFileSync(join(LESSONS, file), 'utf8'))), folder };
  });

/** The text of a file of the lesson. */
export function textOf(lesson: Lesson, file: string): string {
  return readFileSync(join(lesson.folder, file), 'utf8');
}
