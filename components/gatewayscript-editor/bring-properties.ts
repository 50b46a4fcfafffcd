// The properties that a run sees. Those of the author's definition come with the page, so that the first run of a lesson waits for no YAML parser.
import { parsedObject } from '../page-texts.ts';

/** A definition's text, and the JSON of its properties as definition-properties.ts reads them. */
export interface KnownProperties {
  definition: string;
  json: string;
}

type Reader = typeof import('./definition-properties.ts').definitionProperties;

/** What reads this definition, fetched where it is not the one that came with the page; it reads nothing yet. */
export async function bringReader(definition: string, known: KnownProperties): Promise<Reader> {
  if (definition === known.definition) return () => ({ ...parsedObject(known.json) });
  if (definition === '') return () => ({});
  return (await import('./definition-properties.ts')).definitionProperties;
}

/** Name to value of the definition that stands now; empty: none. */
export async function bringProperties(
  definition: string,
  known: KnownProperties,
): Promise<Record<string, unknown>> {
  return (await bringReader(definition, known))(definition);
}
