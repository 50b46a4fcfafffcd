// A JSON file of the command line, held against the schema that the HTTP interface has for the same.
import type { z } from 'zod';
import { place } from '../http/validation.ts';
import { UsageError } from './usage.ts';

/** @throws UsageError that names file and member */
export function parseJsonFile<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? `${place(issue.path)}: ` : '';
  throw new UsageError(`${file}: ${where}${issue?.message ?? 'not valid'}.`);
}
