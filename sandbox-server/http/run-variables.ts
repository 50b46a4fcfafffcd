// What a run's script finds in the context beside request and message: the same as in the gateway, with the properties of the run.
import { z } from '@hono/zod-openapi';
import { contextVariables } from '../gateway/assembly/context-variables.ts';
import type { ApiDefinition, Organization } from '../gateway/types.ts';
import { isJsonObject } from '../gatewayscript/json-object.ts';
import type { HttpRequest, JsonObject, JsonValue } from '../gatewayscript/types.ts';
import { jsonValueSchema } from './json-value.ts';

/** What comes from the run's request itself, and so cannot be given a second time. */
const FROM_REQUEST = ['request', 'message'];

/** What a reader gives of the context, as a tree. */
export const givenVariablesSchema = z
  .record(z.string().max(200), jsonValueSchema)
  .refine(
    (given) => FROM_REQUEST.every((name) => !Object.hasOwn(given, name)),
    'request and message come from `request`, and cannot be given here',
  )
  .default({})
  .openapi({
    description:
      'Further context variables as a tree, set before the script runs: a client that was identified, a plan, an error that was caught, the parameters of a user-defined policy, and any of your own.',
    example: { client: { app: { name: 'my-app' } }, local: { parameter: { mode: 'strict' } } },
  });

/** The API that a run stands for: the one of approach 2, whose assembly is the script alone. */
const api: Omit<ApiDefinition, 'properties'> = {
  name: 'websocket-test',
  title: 'WebSocket test',
  version: '1.0.0',
  basePath: '/websocket-test',
  schemes: ['https', 'wss'],
  operations: [],
  lab: { echo: 'upgrade', attach: 'none' },
  assembly: { execute: [], catch: [], finally: [] },
};

/** The context variables of a run in the given organization; `transactionId` is its `session.globalTransactionID`. */
export function runVariables(
  organization: Pick<Organization, 'name' | 'catalog'>,
  request: HttpRequest,
  properties: JsonObject,
  transactionId: string,
  given: JsonObject = {},
): JsonObject {
  const operation = { id: null, method: request.method.toLowerCase(), path: '/' };
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost';
  return merged(
    contextVariables(organization, { ...api, properties }, operation, transactionId, host),
    given,
  );
}

/** The given tree laid over the other: objects are joined, everything else is replaced. */
function merged(base: JsonObject, given: JsonObject): JsonObject {
  const names = new Map<string, JsonValue>(Object.entries(base));
  for (const [name, value] of Object.entries(given)) {
    const before = names.get(name);
    if (name !== '__proto__')
      names.set(name, isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value);
  }
  return Object.fromEntries(names);
}
