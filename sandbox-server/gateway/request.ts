// From Node's parsed request to the one that policies see, and the transaction around it.
import type { Header, HttpRequest } from '../gatewayscript/types.ts';
import { contextVariables } from './assembly/context-variables.ts';
import { pathParameters } from './assembly/path-parameters.ts';
import type { Transaction } from './assembly/policy.ts';
import type { Exchange } from './exchange.ts';
import { headerPairs, headerValue, headerValues, isHost } from './handshake/headers.ts';
import type { GatewayLimits } from './limits.ts';
import { type Client, clientVariables } from './plans/client.ts';
import { readRequestBody } from './request-body.ts';
import type { ApiDefinition, Operation, Organization } from './types.ts';

/** Why the gateway does not serve a request: what the client reads, and what the learner's log says on top. */
export interface Refusal {
  status: number;
  moreInformation: string;
  why: string | null;
  headers?: readonly Header[];
}

/** The request with its body, or why it is not served. */
export async function readRequest(
  exchange: Exchange,
  limits: GatewayLimits,
): Promise<HttpRequest | { refusal: Refusal }> {
  const { request } = exchange;
  const headers = headerPairs(request.rawHeaders);
  const fault = messageFault(exchange, headers);
  if (fault) return { refusal: { ...fault, why: null } };

  const body = exchange.upgrade ? Buffer.alloc(0) : await readRequestBody(exchange, limits.BODY_MAX_BYTES);
  if (body === 'too-large') {
    const moreInformation = `The request body is over ${limits.BODY_MAX_BYTES} bytes`;
    return { refusal: { status: 413, moreInformation, why: null } };
  }
  if (body === 'incomplete') {
    return { refusal: { status: 400, moreInformation: 'The request body is incomplete', why: null } };
  }
  return { method: request.method ?? '', path: request.url ?? '', headers, body };
}

/** What makes a request one that two servers could read differently (RFC 9112 §3.2, §6.1, §11.2), whatever its API. */
function messageFault(
  { request, upgrade }: Exchange,
  headers: readonly Header[],
): Pick<Refusal, 'status' | 'moreInformation'> | null {
  const bad = (moreInformation: string) => ({ status: 400, moreInformation });
  const hosts = headerValues(headers, 'Host');
  if (hosts.length > 1 || (hosts.length === 0 && request.httpVersion !== '1.0'))
    return bad('The request must have exactly one Host header');
  // An empty one is that of a client whose URL names no host.
  if (hosts.some((host) => host !== '' && !isHost(host)))
    return bad('The Host header must be one host, with a port or without');
  const length = request.headers['content-length'];
  const coding = request.headers['transfer-encoding'];
  if (coding !== undefined && request.httpVersion === '1.0')
    return bad('A request of HTTP/1.0 must not have Transfer-Encoding');
  if (upgrade && ((length !== undefined && length !== '0') || coding !== undefined))
    return bad('A request for an upgrade must not have a body');
  if (coding !== undefined && coding.toLowerCase() !== 'chunked')
    return { status: 501, moreInformation: 'The only transfer coding that is taken is chunked' };
  return null;
}

export function beginTransaction(
  id: string,
  exchange: Exchange,
  request: HttpRequest,
  organization: Organization,
  { api, operation }: { api: ApiDefinition; operation: Operation },
  signal: AbortSignal,
  emit: Transaction['emit'],
  client: Client | null,
): Transaction {
  const host = headerValue(request.headers, 'Host') ?? '';
  return {
    id,
    request: { ...request, pathParameters: [...pathParameters(request.path, api, operation)] },
    httpVersion: exchange.request.httpVersion,
    upgradable: exchange.upgradable,
    remote: exchange.remote,
    organization,
    api,
    operation,
    // The message starts as a copy of the request.
    message: {
      status: null,
      headers: request.headers.map(([name, value]) => ({ name, value, origin: 'request' })),
      body: request.body,
      bodyOrigin: 'request',
    },
    variables: { ...contextVariables(organization, api, operation, id, host), ...clientVariables(client) },
    signal,
    emit,
  };
}
