// Where an OpenAPI 3 definition is offered: `servers`, with variables in their URLs.
import { z } from 'zod';
import { json, text } from './values.ts';
import { documented } from './words.ts';

/** Numbers and flags are written without quotes where a text is meant. */
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const variable = z.looseObject({
  default: value.optional().meta(documented('What stands in the URL in place of {name}.')),
  enum: z.array(value).nullish().meta(documented('The values that it may have.')),
  description: text.nullish().meta(documented('What the variable means.')),
});

export const servers = z.array(
  z
    .looseObject({
      url: z
        .string()
        .meta(
          documented('The address; its path is the base path of the API, and {name} stands for a variable.', [
            'wss://localhost/websocket-test',
            '/websocket-test',
          ]),
        ),
      description: json.optional().meta(documented('What the server is for.')),
      variables: z
        .record(z.string(), variable)
        .nullish()
        .meta(documented('The variables of the URL by name.')),
    })
    .meta(documented('One server.')),
);
