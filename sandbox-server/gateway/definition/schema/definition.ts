// The whole API definition, each member with its words: what the lab reads (document.ts), and what it leaves to the product.
import { z } from 'zod';
import { schemeForm } from '../../security/scheme.ts';
import { definitionDocument } from '../document.ts';
import { configuration } from './configuration.ts';
import { info } from './info.ts';
import { consumes, pathItem, securityRequirements } from './paths.ts';
import { json, members, text } from './values.ts';
import { documented, seen } from './words.ts';

const securitySchemes = z.record(z.string(), schemeForm).nullish();

const components = z.looseObject({
  securitySchemes: securitySchemes.meta(documented('The ways to show who one is, by name.')),
  schemas: members.nullish().meta(documented('Schemas by name.')),
  parameters: members.nullish().meta(documented('Parameters by name.')),
  responses: members.nullish().meta(documented('Answers by name.')),
  requestBodies: members.nullish().meta(documented('Bodies of requests by name.')),
  headers: members.nullish().meta(documented('Headers by name.')),
  examples: members.nullish().meta(documented('Examples by name.')),
});

const tag = z.looseObject({
  name: json.optional().meta(documented('The name, as operations have it.')),
  description: json.optional().meta(documented('What the tag groups.')),
});

export const definition = definitionDocument
  .extend({
    info: info.nullish().meta(documented('What the API is called.')),
    paths: z
      .record(z.string(), pathItem)
      .nullish()
      .meta(documented('The paths of the API after its base path, each beginning with /.')),
    'x-ibm-configuration': configuration
      .nullish()
      .meta(documented('What API Connect adds to OpenAPI: gateway type, properties, assembly.')),
    host: text
      .nullish()
      .meta(
        documented('The host name of the API, in OpenAPI 2; API Connect puts that of the gateway.', [
          '$(catalog.host)',
        ]),
      ),
    consumes: consumes.meta(
      documented('Media types that the operations take, in OpenAPI 2.', [['application/json']]),
    ),
    produces: consumes.meta(
      documented('Media types that the operations give, in OpenAPI 2.', [['application/json']]),
    ),
    security: securityRequirements.meta(
      documented('What a client has to show: one member of the list, with all schemes that it names.', [
        [{ clientID: [] }],
      ]),
    ),
    securityDefinitions: securitySchemes.meta(
      documented('The ways to show who one is, by name, in OpenAPI 2.'),
    ),
    components: components.nullish().meta(documented('What other parts refer to, in OpenAPI 3.')),
    definitions: members.nullish().meta(documented('Schemas by name, in OpenAPI 2.')),
    parameters: members.nullish().meta(documented('Parameters by name, in OpenAPI 2.')),
    responses: members.nullish().meta(documented('Answers by name, in OpenAPI 2.')),
    tags: z.array(tag).nullish().meta(documented('Words about the tags of the operations.')),
    externalDocs: members.nullish().meta(documented('Where more is written about the API.')),
    webhooks: members
      .nullish()
      .meta(documented('Calls that the server makes, in OpenAPI 3.1; not read in the lab.')),
    jsonSchemaDialect: text.nullish().meta(documented('The dialect of the schemas, in OpenAPI 3.1.')),
    'x-ibm-endpoints': json.optional().meta(seen('Addresses of the API as the product exports them.')),
  })
  .meta(documented('An API definition: OpenAPI 2 or 3 with what API Connect adds to it.'));
