// The properties that a run sees. Those of the author's definition come with the page, so that the first run of a lesson waits for no YAML parser.
import { parsedObject } from '../page-texts.ts';

/** A definition's text, and the JSON of its properties as definition-properties.ts reads them. */
export interface KnownProperties {
  definition: string;
  json: string;
}

/** Name to value of the definition that stands now; empty: none. */
export async function bringProperties(
  definition: string,
  known: KnownProperties,
): Promise<Record<string, unknown>> {
  if (definition === known.definition) return { ...parsedObject(known.json) };
  if (definition === '') return {};
  return (await import('./definition-properties.ts')).definitionProperties(definition);
}
