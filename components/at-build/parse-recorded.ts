// The border between the recorded JSON files and the wrappers: an author's mistake stops the build with the place.
import { z } from 'zod/mini';

/** Parses with the schema; throws an error that names the component and every wrong member. */
export function parseRecorded<Output>(
  component: string,
  schema: z.ZodMiniType<Output>,
  recorded: unknown,
): Output {
  const result = schema.safeParse(recorded);
  if (result.success) return result.data;
  throw new Error(`<${component}> received a wrong \`recorded\`.\n${z.prettifyError(result.error)}`);
}
