// The paths of an API and the operations on them, as OpenAPI 2 and 3 have them.
import { z } from 'zod';
import { flag, json, members, text } from './values.ts';
import { documented, seen } from './words.ts';

const parameter = z.looseObject({
  name: text.nullish().meta(documented('The name of the parameter.')),
  in: text
    .nullish()
    .meta(
      documented('Where it stands: path, query, header, cookie; in OpenAPI 2 also body and formData.', [
        'query',
      ]),
    ),
  description: text.nullish().meta(documented('What the parameter means.')),
  required: flag.nullish().meta(documented('Whether it has to be there; in a path it must be true.')),
  type: text.nullish().meta(documented('The type of its value, in OpenAPI 2.', ['string'])),
  schema: members
    .nullish()
    .meta(documented('The schema of its value: in OpenAPI 3, and of a body in OpenAPI 2.')),
  $ref: text.nullish().meta(documented('A parameter that is described elsewhere in the definition.')),
});
const parameters = z.array(parameter).nullish();

const response = z.looseObject({
  description: text.nullish().meta(documented('What the answer means.')),
  headers: members.nullish().meta(documented('The headers of the answer by name.')),
  schema: members.nullish().meta(documented('The schema of the body, in OpenAPI 2.')),
  content: members.nullish().meta(documented('The body by media type, in OpenAPI 3.')),
  $ref: text.nullish().meta(documented('An answer that is described elsewhere in the definition.')),
});

export const securityRequirements = z.array(z.record(z.string(), json)).nullish();
export const consumes = z.array(text).nullish();

const operation = z
  .looseObject({
    operationId: text
      .nullish()
      .meta(
        documented(
          'The name of the operation, unique in the API; operation-switch and products refer to it.',
        ),
      ),
    summary: text.nullish().meta(documented('What the operation does, in a line.')),
    description: text.nullish().meta(documented('What the operation does.')),
    tags: z.array(text).nullish().meta(documented('Names under which the operation is grouped.')),
    deprecated: flag.nullish().meta(documented('Whether new clients should not use it.')),
    parameters: parameters.meta(documented('The parameters of the operation.')),
    requestBody: members.nullish().meta(documented('The body of the request, in OpenAPI 3.')),
    responses: z
      .record(z.string(), response.nullable())
      .nullish()
      .meta(documented('The answers by status; a handshake that succeeds has 101.')),
    security: securityRequirements.meta(
      documented(
        'What a client has to show here, in place of what the whole API asks for; an empty list asks nothing.',
      ),
    ),
    consumes: consumes.meta(documented('Media types that the operation takes, in OpenAPI 2.')),
    produces: consumes.meta(documented('Media types that the operation gives, in OpenAPI 2.')),
    servers: json
      .optional()
      .meta(documented('Servers of this operation, in OpenAPI 3; the lab takes those of the API.')),
    'x-ibm-configuration': members
      .nullish()
      .meta(seen('Settings of API Connect for the operation; without effect in the lab.')),
  })
  .nullish();

/** What the lab reads of a path: members that are operations, whatever their shape. */
export const readPaths = z.record(z.string(), z.looseObject({}).nullable());

export const pathItem = z
  .looseObject({
    get: operation.meta(
      documented('What a GET does. A WebSocket handshake is a GET, so an API for WebSockets needs one.'),
    ),
    put: operation.meta(documented('What a PUT does.')),
    post: operation.meta(documented('What a POST does.')),
    delete: operation.meta(documented('What a DELETE does.')),
    options: operation.meta(documented('What an OPTIONS does.')),
    head: operation.meta(documented('What a HEAD does.')),
    patch: operation.meta(documented('What a PATCH does.')),
    trace: operation.meta(documented('What a TRACE does, in OpenAPI 3.')),
    parameters: parameters.meta(documented('Parameters of all operations of the path.')),
    summary: text.nullish().meta(documented('What the path is for, in a line; OpenAPI 3.')),
    description: text.nullish().meta(documented('What the path is for; OpenAPI 3.')),
    servers: json
      .optional()
      .meta(documented('Servers of this path, in OpenAPI 3; the lab takes those of the API.')),
    $ref: text.nullish().meta(documented('A path that is described elsewhere; the lab does not follow it.')),
  })
  .nullable()
  .meta(documented('One path, with its operations by method.'));
