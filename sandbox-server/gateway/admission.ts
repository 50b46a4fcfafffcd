// Between the route and the assembly: security first, then the limits of the plan, each once, on the handshake.
import type { Header, HttpRequest } from '../gatewayscript/types.ts';
import type { AssemblyEnd } from './assembly/run.ts';
import type { Client } from './plans/client.ts';
import { takePlanLimit } from './plans/take-plan-limit.ts';
import type { Reporter } from './report.ts';
import type { Refusal } from './request.ts';
import { checkSecurity, type SecurityOutcome } from './security/check-security.ts';
import type { SecurityScheme } from './security/scheme.ts';
import type { ApiDefinition, Operation, Organization } from './types.ts';

/** `headers` go out with whatever the answer will be. */
export type Admission = { client: Client | null; headers: Header[] } | { refusal: Refusal };

const WRONG_KEY = 'Invalid client id or secret.';
const WRONG_SECURITY =
  'Cannot pass the security checks that are required by the target API or operation, Enable debug headers for more details.';

/** What a definition's names can make of a message has a bound, since it is kept with the events. */
const MESSAGE_CHARACTERS = 1_000;

export function admit(
  request: HttpRequest,
  { api, operation }: { api: ApiDefinition; operation: Operation },
  { products }: Pick<Organization, 'products'>,
  report: Pick<Reporter, 'emit' | 'log'>,
): Admission {
  if (!operation.security) return { client: null, headers: [] };
  const outcome = checkSecurity({ request, api, operation, products });
  if (!outcome.passed) return { refusal: refuseSecurity(outcome.faults, report) };

  const { client, alternative } = outcome;
  report.emit({
    type: 'security-checked',
    passed: true,
    scheme: named(alternative),
    application: client?.application.name ?? null,
    plan: client?.application.plan.name ?? null,
    message: null,
  });
  // Plan limits are an application's: a client that nobody knows has none.
  if (!client) return { client: null, headers: [] };
  const { refused, headers, usedUp } = takePlanLimit(client);
  if (!refused) {
    for (const sentence of usedUp) report.log('warn', null, sentence);
    return { client, headers };
  }
  return { refusal: { status: 429, moreInformation: 'Rate Limit exceeded', why: usedUp.join(' '), headers } };
}

function refuseSecurity(
  faults: Extract<SecurityOutcome, { passed: false }>['faults'],
  report: Pick<Reporter, 'emit' | 'log'>,
): Refusal {
  const message = faults
    .map(({ scheme, why }) => `${scheme.name}: ${why}`)
    .join('; or ')
    .slice(0, MESSAGE_CHARACTERS);
  const scheme = named(faults.map((fault) => fault.scheme));
  report.emit({ type: 'security-checked', passed: false, scheme, application: null, plan: null, message });
  const keys = faults.every(({ scheme: { kind } }) => kind === 'client-id' || kind === 'client-secret');
  // RFC 9110 §11.6.1: a 401 names a way to authenticate; what the product sends for Basic is not published.
  const basic = faults.some((fault) => fault.scheme.kind === 'basic');
  const headers: Header[] = basic ? [['WWW-Authenticate', 'Basic realm="API Connect"']] : [];
  return {
    status: 401,
    moreInformation: keys ? WRONG_KEY : WRONG_SECURITY,
    // The event has said it.
    why: null,
    headers,
  };
}

function named(schemes: readonly SecurityScheme[]): string {
  return schemes.map(({ name }) => name).join(', ') || 'none';
}

/** An assembly's end whose head has these headers, too. */
export function withHeaders(end: AssemblyEnd, headers: readonly Header[]): AssemblyEnd {
  if (headers.length === 0) return end;
  if (end.kind === 'switch')
    return { ...end, head: { ...end.head, headers: [...end.head.headers, ...headers] } };
  return { ...end, response: { ...end.response, headers: [...end.response.headers, ...headers] } };
}
