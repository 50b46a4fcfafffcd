// Where the pages keep what a checkpoint is about: `checkpoint.json` in the folder of each step and exercise, for tests that prove them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const LESSONS = fileURLToPath(new URL('../../docs/content/docs/', import.meta.url));

/** From the name that the page shows to a file, seen from the folder. */
const files = z.record(z.string(), z.string());

export const checkpointFileSchema = z.strictObject({
  /** Stable id, the same as `step` of the page. */
  step: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** One sentence: what the reader is to reach. */
  task: z.string().min(10),
  /** What the editors show first; with it the check fails. */
  start: files,
  /** With these it passes. */
  solution: files,
  /** The second and the third hint; the first comes with the failure. */
  hints: z.tuple([z.string(), z.string()]),
});

export interface CheckpointFolder extends z.output<typeof checkpointFileSchema> {
  folder: string;
}

/** In the order of the folders. */
export function checkpointFolders(): CheckpointFolder[] {
  return readdirSync(LESSONS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('checkpoint.json'))
    .sort()
    .map((file) => ({
      ...checkpointFileSchema.parse(JSON.parse(readFileSync(join(LESSONS, file), 'utf8'))),
      folder: join(LESSONS, file, '..'),
    }));
}

/** The texts by the names that the page shows. */
export function textsOf(
  { folder }: CheckpointFolder,
  files: Readonly<Record<string, string>>,
): Map<string, string> {
  return new Map(
    Object.entries(files).map(([name, file]) => [name, readFileSync(join(folder, file), 'utf8')]),
  );
}
