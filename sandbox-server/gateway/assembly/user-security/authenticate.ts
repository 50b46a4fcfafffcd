// Has a user's credentials checked: by a server of the sandbox, or by a registry, which is an API property.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Header, JsonObject } from '../../../gatewayscript/types.ts';
import { headerValue } from '../../handshake/headers.ts';
import type { GatewayLimits } from '../../limits.ts';
import { readControl } from '../../target/control.ts';
import { openInSandbox } from '../../target/open.ts';
import type { Transaction } from '../policy.ts';
import type { Credentials } from './credentials.ts';
import type { UserSecurityProperties } from './properties.ts';

/** Whom the checker knows the user as, and what it says besides; `why` is a sentence for the learner's log. */
export type Authenticated = { credential: string; headers: JsonObject } | { why: string };

export async function authenticate(
  credentials: Credentials,
  properties: UserSecurityProperties,
  transaction: Transaction,
  limits: GatewayLimits,
): Promise<Authenticated> {
  const method = properties['user-auth-method'];
  if (method === 'auth-url')
    return askServer(properties['auth-url'] ?? '', credentials, properties, transaction, limits);
  if (method !== 'user-registry') return { why: `the lab does not run ${method}` };

  const name = properties['user-registry'] ?? '';
  const { api } = transaction;
  const registry = Object.hasOwn(api.properties, name) ? api.properties[name] : undefined;
  if (typeof registry === 'string') return askServer(registry, credentials, properties, transaction, limits);
  if (typeof registry !== 'object' || registry === null || Array.isArray(registry))
    return { why: `there is no user registry ${name}: the lab takes it from the API property of that name` };
  const { username, password } = credentials;
  const known = Object.hasOwn(registry, username) ? registry[username] : undefined;
  if (typeof known !== 'string' || !isSame(known, password))
    return { why: `the registry ${name} does not know this user and password` };
  return { credential: username, headers: {} };
}

/**
 * A GET with Basic credentials, the request's own `X-` headers but X-Client-Certificate, and its Cookie; 200 means authenticated
 * ("Authentication URL user registry").
 */
async function askServer(
  url: string,
  { username, password }: Credentials,
  properties: UserSecurityProperties,
  transaction: Transaction,
  limits: GatewayLimits,
): Promise<Authenticated> {
  const { request, organization, emit, signal } = transaction;
  const passed = request.headers.filter(
    ([name]) => /^(x-.*|cookie)$/i.test(name) && name.toLowerCase() !== 'x-client-certificate',
  );
  const authorization: Header = [
    'Authorization',
    `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  ];
  const open = openInSandbox(organization.network, limits, (event) => emit(event));
  const call = { target: url, method: 'GET', headers: [authorization, ...passed], body: new Uint8Array() };
  const reply = await open(call, signal);
  if (reply.kind === 'failed') return { why: `auth-url: ${reply.reason}` };
  if (reply.status !== 200)
    return { why: `auth-url answered ${reply.status}, so the user is not authenticated` };
  const pattern = readControl({ type: 'allowlist', values: [properties['auth-response-headers-pattern']] });
  if ('fault' in pattern) return { why: `auth-response-headers-pattern: ${pattern.fault}` };
  return {
    credential: headerValue(reply.headers, properties['auth-response-header-credential']) ?? username,
    headers: Object.fromEntries(
      reply.headers.filter(([name]) => name !== '__proto__' && pattern.control(name)),
    ),
  };
}

/** In the same time wherever they differ. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
