// What an API is called, and by whom it is offered: `info`.
import { z } from 'zod';
import { members, text, version } from './values.ts';
import { documented, seen } from './words.ts';

/** What the lab reads of it. */
export const readInfo = z.looseObject({
  title: version.optional().meta(documented('The name that people read.', ['Chat'])),
  version: version
    .optional()
    .meta(documented('The version of the API; in quotes it stays a text.', ['1.0.0'])),
  'x-ibm-name': z
    .string()
    .min(1)
    .optional()
    .meta(
      documented('The name that the API has in products and URLs: lower case letters, digits and hyphens.', [
        'websocket-upgrade',
      ]),
    ),
});

const contact = z.looseObject({
  name: text.nullish().meta(documented('The person or the team.')),
  email: text.nullish().meta(documented('Their mail address.')),
  url: text.nullish().meta(documented('Their web page.')),
});

const license = z.looseObject({
  name: text.nullish().meta(documented('The name of the license.')),
  url: text.nullish().meta(documented('The text of the license.')),
});

export const info = readInfo.extend({
  description: text.nullish().meta(documented('What the API is for; Markdown in the portal.')),
  summary: text.nullish().meta(documented('What the API is for, in a line; OpenAPI 3.1.')),
  termsOfService: text.nullish().meta(documented('The address of the terms of service.')),
  contact: contact.nullish().meta(documented('Whom to ask about the API.')),
  license: license.nullish().meta(documented('The license of the API.')),
  'x-ibm-summary': text.nullish().meta(seen('A short description for the portal.')),
  'x-ibm-languages': members
    .nullish()
    .meta(seen('Translations of title, description and so on, by language.')),
});
