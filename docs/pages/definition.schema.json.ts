// The JSON Schema of definitions and products: the editor fetches it when the reader shows intent.
import { definitionJsonSchema } from '../../sandbox-server/gateway/definition/json-schema/definition-json-schema.ts';

export const GET = (): Response => Response.json(definitionJsonSchema());
