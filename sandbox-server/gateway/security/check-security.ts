// The step after routing: whether a request passes the security of its operation, and which application sent it.
import type { HttpRequest } from '../../gatewayscript/types.ts';
import { headerValue } from '../handshake/headers.ts';
import { type Client, findClient } from '../plans/client.ts';
import type { Product } from '../plans/product.ts';
import type { ApiDefinition, Operation } from '../types.ts';
import { basicFault } from './basic.ts';
import type { SecurityAlternative, SecurityScheme } from './scheme.ts';
import { secretEqual } from './secret-equal.ts';

/** The scheme that was not passed, and why; `why` never holds a secret. */
interface Fault {
  scheme: SecurityScheme;
  why: string;
}

export type SecurityOutcome =
  | { passed: true; alternative: SecurityAlternative; client: Client | null }
  /** The first fault of each alternative. */
  | { passed: false; faults: Fault[] };

export interface SecuredRequest {
  request: Pick<HttpRequest, 'path' | 'headers'>;
  api: ApiDefinition;
  operation: Operation;
  products: Iterable<Product>;
}

/** Of the alternatives, the first that the request passes; each one's members in their order, as far as the first fault. */
export function checkSecurity(secured: SecuredRequest): SecurityOutcome {
  const faults: Fault[] = [];
  for (const alternative of secured.operation.security ?? []) {
    const checked = checkTogether(alternative, secured);
    if ('client' in checked) return { passed: true, alternative, client: checked.client };
    faults.push(checked);
  }
  return faults.length > 0 ? { passed: false, faults } : { passed: true, alternative: [], client: null };
}

function checkTogether(
  alternative: SecurityAlternative,
  secured: SecuredRequest,
): { client: Client | null } | Fault {
  let client: Client | null = null;
  // A secret is told by the application that the id names, so the id comes first.
  const inOrder = [...alternative].sort(
    (a, b) => Number(b.kind === 'client-id') - Number(a.kind === 'client-id'),
  );
  for (const scheme of inOrder) {
    const fault = (why: string): Fault => ({ scheme, why });
    if (scheme.kind === 'unchecked') return fault(scheme.why);
    if (scheme.kind === 'basic') {
      const why = basicFault(secured.request.headers, scheme.registry, secured.products);
      if (why !== null) return fault(why);
      continue;
    }
    const sent = keyOf(scheme, secured.request);
    const place =
      scheme.in === 'header' ? `the header ${scheme.parameter}` : `the query parameter ${scheme.parameter}`;
    if (!sent) return fault(`${place} is missing or empty`);
    if (scheme.kind === 'client-id') {
      const found = findClient(secured.products, sent, secured.api, secured.operation);
      if ('fault' in found) return fault(clientFault(found, sent, secured));
      client = found;
    } else if (!client) return fault('a client secret needs the client id with it');
    else if (!secretEqual(sent, client.application.clientSecret))
      return fault(`${place} is not the client secret of the application ${client.application.name}`);
  }
  return { client };
}

function keyOf(
  scheme: Extract<SecurityScheme, { parameter: string }>,
  { path, headers }: SecuredRequest['request'],
): string | undefined {
  if (scheme.in === 'header') return headerValue(headers, scheme.parameter);
  const query = path.indexOf('?');
  return query === -1
    ? undefined
    : (new URLSearchParams(path.slice(query + 1)).get(scheme.parameter) ?? undefined);
}

function clientFault(
  found: Extract<ReturnType<typeof findClient>, { fault: string }>,
  sent: string,
  { api, operation }: SecuredRequest,
): string {
  if (found.fault === 'unknown')
    return `no application of a deployed product has the client id ${sent.slice(0, 128)}`;
  const { name, plan } = found.application;
  return `the plan ${plan.name} of the application ${name} does not offer ${operation.method.toUpperCase()} ${operation.path} of ${api.name}:${api.version}`;
}
