// What a run's script finds in the context beside request and message: the same as in the gateway, with the properties of the run.
import { contextVariables } from '../gateway/assembly/context-variables.ts';
import { newTransactionId } from '../gateway/handshake/transaction-id.ts';
import type { ApiDefinition, Organization } from '../gateway/types.ts';
import type { HttpRequest, JsonObject } from '../gatewayscript/types.ts';

/** The API that a run stands for: the one of approach 2, whose assembly is the script alone. */
const api: Omit<ApiDefinition, 'properties'> = {
  name: 'websocket-test',
  title: 'WebSocket test',
  version: '1.0.0',
  basePath: '/websocket-test',
  schemes: ['https', 'wss'],
  operations: [],
  lab: { echo: 'upgrade', attach: 'none' },
  assembly: [],
};

/** The context variables of a run in the given organization. */
export function runVariables(
  organization: Pick<Organization, 'name' | 'catalog'>,
  request: HttpRequest,
  properties: JsonObject,
): JsonObject {
  const operation = { id: null, method: request.method.toLowerCase(), path: '/' };
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost';
  return contextVariables(organization, { ...api, properties }, operation, newTransactionId(), host);
}
