// What the context holds before the first policy: the API, its catalog and organization, the clock, the transaction.
import type { JsonObject } from '../../gatewayscript/types.ts';
import type { ApiDefinition, Operation, Organization } from '../types.ts';

/** The tree of the product's context variables, but for `request` and `message`, which the engine makes from the transaction. */
export function contextVariables(
  organization: Pick<Organization, 'name' | 'catalog'>,
  api: ApiDefinition,
  operation: Operation,
  transactionId: string,
  host: string,
): JsonObject {
  return {
    api: {
      // The product's id is the catalog's own for a deployed API; the form of the lab's is the lab's choice.
      id: `${organization.name}:${api.name}:${api.version}`,
      name: api.name,
      version: api.version,
      title: api.title,
      type: 'REST',
      root: api.basePath === '' ? '/' : api.basePath,
      org: { id: organization.name, name: organization.name },
      catalog: { id: organization.catalog, name: organization.catalog, path: `/${organization.catalog}` },
      operation: { id: operation.id ?? '', path: operation.path },
      endpoint: { address: host, hostname: host.replace(/:\d+$/, '') },
      properties: structuredClone(api.properties),
    },
    ...policyParameters(api.properties),
    session: { globalTransactionID: transactionId },
    system: systemVariables(new Date()),
  };
}

/**
 * `local.parameter.*`, which the product sets in a user-defined policy; the lab has none, so an API property of the name
 * `local.parameter.x` stands for one (lab's choice).
 */
function policyParameters(properties: JsonObject): JsonObject {
  const prefix = 'local.parameter.';
  const given = Object.entries(properties)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), structuredClone(value)]);
  return given.length > 0 ? { local: { parameter: Object.fromEntries(given) } } : {};
}

/** `system.datetime` is `YYYY-MM-DDTHH:mm:ssZ`, in UTC. */
function systemVariables(now: Date): JsonObject {
  const datetime = `${now.toISOString().slice(0, 19)}Z`;
  return {
    datetime,
    date: {
      year: now.getUTCFullYear(),
      month: now.getUTCMonth() + 1,
      'day-of-month': now.getUTCDate(),
      'day-of-week': now.getUTCDay() + 1,
    },
    time: { hour: now.getUTCHours(), minute: now.getUTCMinutes(), second: now.getUTCSeconds() },
    timezone: 'UTC',
  };
}
