// One call of `invoke`: what goes to the target, and what came back.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Header } from '../../../gatewayscript/types.ts';
import { headerValue } from '../../handshake/headers.ts';
import type { GatewayLimits } from '../../limits.ts';
import { askTarget, type TargetAnswer } from '../../target/answer.ts';
import { connectTarget } from '../../target/connect.ts';
import type { Control } from '../../target/control.ts';
import { targetHeaders } from '../../target/headers.ts';
import type { Transaction } from '../policy.ts';
import type { InvokeProperties } from './properties.ts';

const compressed = promisify(gzip);

export interface Call {
  url: URL;
  /** As `readTarget` tells it. */
  port: number | null;
  method: string;
  properties: InvokeProperties;
  headerControl: Control;
  /** Not for a server that a redirect led to. */
  withCredentials: boolean;
}

/** Never rejects. A 101, which nobody asked for, is a failure. */
export async function callTarget(
  call: Call,
  transaction: Transaction,
  limits: GatewayLimits,
): Promise<Extract<TargetAnswer, { kind: 'answered' | 'failed' }>> {
  const { url, port, method, properties } = call;
  const body = await bodyOf(call, transaction);
  const headers = headersOf(call, transaction, body.length);
  const { network } = transaction.organization;
  transaction.emit({ type: 'target-request', url: url.href, method, headers });
  const answer = await askTarget({
    method,
    path: `${url.pathname}${url.search}`,
    headers,
    body,
    connect: () => connectTarget(network, { url, port }),
    timeoutMs: properties.timeout * 1_000,
    headMaxBytes: limits.HEAD_MAX_BYTES,
    bodyMaxBytes: limits.BODY_MAX_BYTES,
    held: network.held,
    signal: transaction.signal,
  });
  if (answer.kind === 'failed') return answer;
  const { status, reason, headers: answered } = answer.head;
  transaction.emit({ type: 'target-response', status, reason, headers: [...answered] });
  const text = `[apigw] HTTP response code ${status} for '${url.href}'`;
  transaction.emit({ type: 'gateway-log', level: 'info', code: null, text });
  if (answer.kind === 'switched') answer.stream.destroy();
  if (answer.kind === 'switched' || status < 200)
    return { kind: 'failed', reason: `the target answered ${status} to a request that asks for no upgrade` };
  return answer;
}

/** POST, PUT and PATCH carry the message's body; DELETE only with `keep-payload` (IBM documentation). */
async function bodyOf({ method, properties }: Call, { message }: Transaction): Promise<Uint8Array> {
  const carries =
    method === 'DELETE' ? properties['keep-payload'] : ['POST', 'PUT', 'PATCH'].includes(method);
  if (!carries || message.body.length === 0) return new Uint8Array();
  return properties.compression ? compressed(message.body) : message.body;
}

function headersOf(call: Call, transaction: Transaction, length: number): Header[] {
  const { url, method, properties, headerControl, withCredentials } = call;
  const { username, password } = properties;
  const host = headerValue(transaction.request.headers, 'Host') ?? '';
  const headers = targetHeaders({
    url,
    message: transaction.message.headers,
    control: headerControl,
    key: null,
    remote: transaction.remote,
    transactionId: transaction.id,
    credentials: username && withCredentials ? { username, password: password ?? '' } : null,
    forwarded: properties['inject-proxy-headers'] ? { host, port: /:(\d+)$/.exec(host)?.[1] ?? '' } : null,
  });
  if (length === 0)
    return ['POST', 'PUT', 'PATCH'].includes(method) ? [...headers, ['Content-Length', '0']] : headers;

  const type = transaction.message.headers.find(({ name }) => name.toLowerCase() === 'content-type');
  if (type && headerControl(type.name)) headers.push([type.name, type.value]);
  if (properties.compression) headers.push(['Content-Encoding', 'gzip']);
  headers.push(
    properties['chunked-uploads'] ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(length)],
  );
  return headers;
}
