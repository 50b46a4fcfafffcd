// What a document may be like for `parse`: its type, its limits, and where a definition sets them.
import { z } from 'zod';
import { PropertyError } from '../property-error.ts';
import { wholeNumber } from '../property-types.ts';

const documented = (description: string) => ({ description, standing: 'documented' }) as const;

/** A limit of the product's parse settings: 0 is none; ranges and defaults are of IBM's object schema. */
const limit = (max: number, usual: number, description: string) =>
  wholeNumber(0, max)
    .default(usual)
    .meta(documented(`${description} 0 is no limit.`));

/** By the names of API Connect's documentation. */
export const parseSettings = z.looseObject({
  document_type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['detect', 'json', 'xml', 'binary', 'graphql']))
    .default('detect')
    .meta(
      documented(
        'What the document is read as: `detect`, `json`, `xml`; `binary` and `graphql` are not parsed in the lab.',
      ),
    ),
  max_doc_size: limit(5_368_709_121, 4_194_304, 'Bytes of the document.'),
  max_nesting_depth: limit(4_096, 512, 'Levels of elements or objects inside each other.'),
  max_width: limit(65_535, 4_096, 'Members of one object, list or element.'),
  max_name_length: limit(8_192, 256, 'Bytes of a name.'),
  max_value_length: limit(5_368_709_121, 8_192, 'Bytes of a value.'),
  max_unique_names: limit(1_048_575, 1_024, 'Different names in the document.'),
  max_unique_prefixes: limit(262_143, 1_024, 'Different XML prefixes.'),
  max_unique_namespaces: limit(65_535, 1_024, 'Different XML namespaces.'),
  max_number_length: limit(256, 128, 'Bytes of a number.'),
});

export type ParseSettings = z.output<typeof parseSettings>;

/** The same by the names of the gateway's own object, as a literal has them. */
const OBJECT_NAMES: Record<string, string> = {
  DocumentType: 'document_type',
  DocumentSize: 'max_doc_size',
  NestingDepth: 'max_nesting_depth',
  Width: 'max_width',
  NameLength: 'max_name_length',
  ValueLength: 'max_value_length',
  UniqueNames: 'max_unique_names',
  UniquePrefixes: 'max_unique_prefixes',
  UniqueNamespaces: 'max_unique_namespaces',
  NumberLength: 'max_number_length',
};

/** The configured object that API Connect brings along; the lab has no other. */
export const DEFAULT_SETTINGS_OBJECT = 'apic-default-parsesettings';

export const settingsReference = z.looseObject({
  default: z.string().nullish().meta(documented('The name of a configured object with the settings.')),
  literal: z
    .string()
    .nullish()
    .meta(documented('The settings as a text of JSON, in an object ParseSettings.')),
  url: z.string().nullish().meta(documented('Where the settings are kept; not fetched in the lab.')),
  'parse-settings': parseSettings.nullish().meta({
    description: 'The settings themselves, as published definitions have them.',
    standing: 'seen',
  }),
});

export type SettingsReference = z.output<typeof settingsReference>;

/** The limits that hold: a literal goes before what stands in the definition, and that before the defaults. @throws PropertyError */
export function settingsOf(reference: SettingsReference | null | undefined): ParseSettings {
  const given = { ...reference?.['parse-settings'], ...literalSettings(reference?.literal) };
  const settings = parseSettings.safeParse(given);
  if (settings.success) return settings.data;
  const [issue] = settings.error.issues;
  throw new PropertyError(`parse-settings: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** IBM documents `{ "ParseSettings": { "name": value } }`, also in XML, which the lab does not read. */
function literalSettings(literal: string | null | undefined): Record<string, unknown> {
  if (literal === null || literal === undefined || literal.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(literal);
  } catch {
    throw new PropertyError('parse-settings-reference.literal is no JSON; expected {"ParseSettings": {…}}');
  }
  const read = z.object({ ParseSettings: z.record(z.string(), z.unknown()) }).safeParse(value);
  if (!read.success)
    throw new PropertyError(
      'parse-settings-reference.literal has no object ParseSettings around its settings',
    );
  return Object.fromEntries(
    Object.entries(read.data.ParseSettings).map(([name, each]) => [OBJECT_NAMES[name] ?? name, each]),
  );
}
