// The shape of an API definition, as far as the lab reads it; members that it does not read may be as they like.
import { z } from 'zod';
import { readConfiguration } from './schema/configuration.ts';
import { readInfo } from './schema/info.ts';
import { readPaths } from './schema/paths.ts';
import { servers } from './schema/servers.ts';
import { version } from './schema/values.ts';
import { documented, inferred } from './schema/words.ts';

/** OpenAPI 2 and 3 in one: which of the two it is, `swagger` or `openapi` says. schema/definition.ts has the other members, and the words for all. */
export const definitionDocument = z.looseObject({
  swagger: version
    .optional()
    .meta(documented('Says that this is OpenAPI 2; in quotes, since 2.0 is a number otherwise.', ['2.0'])),
  openapi: version
    .optional()
    .meta(documented('Says that this is OpenAPI 3, and which release of it.', ['3.0.3'])),
  info: readInfo.nullish(),
  basePath: z
    .string()
    .optional()
    .meta(
      documented(
        'The path that all paths of the API stand under, in OpenAPI 2: begins with /, does not end with one.',
        ['/websocket-test'],
      ),
    ),
  schemes: z
    .array(z.enum(['http', 'https', 'ws', 'wss']))
    .optional()
    .meta(
      documented('The protocols that the API is offered under, in OpenAPI 2; WebSocket clients need wss.', [
        ['https', 'wss'],
      ]),
    ),
  servers: servers
    .optional()
    .meta(
      inferred(
        'Where the API is offered, in OpenAPI 3. How it says wss there is not published; the lab takes wss URLs.',
      ),
    ),
  paths: readPaths.nullish(),
  'x-ibm-configuration': readConfiguration.nullish(),
});

export type DefinitionDocument = z.output<typeof definitionDocument>;
