// What a script's `urlopen` reaches: the servers of its own sandbox, in this process, and nothing else.
import type { Header, OpenTarget, TargetCall } from '../../gatewayscript/types.ts';
import type { GatewayEventBody } from '../events.ts';
import type { GatewayLimits } from '../limits.ts';
import type { VirtualNetwork } from '../types.ts';
import { askTarget } from './answer.ts';
import { connectTarget } from './connect.ts';
import { readTarget } from './url.ts';

/** Milliseconds for an answer; the deadline of the run is shorter, and ends it by the signal. */
const TIMEOUT_MS = 10_000;

/** Headers that frame the request, and are the gateway's to write. */
const FRAMING = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
];

/** `emit` tells request and response to the learner. Never rejects: what goes wrong is the reply's reason. */
export function openInSandbox(
  network: VirtualNetwork,
  limits: Pick<GatewayLimits, 'HEAD_MAX_BYTES' | 'BODY_MAX_BYTES'>,
  emit: (event: GatewayEventBody) => void = () => {},
): OpenTarget {
  return async (call, signal) => {
    const target = readTarget(call.target);
    if ('fault' in target) return { kind: 'failed', reason: target.fault.message };
    const { url } = target;
    const headers = requestHeaders(url, call);
    emit({ type: 'target-request', url: url.href, method: call.method, headers });
    const answer = await askTarget({
      method: call.method,
      path: `${url.pathname}${url.search}`,
      headers,
      body: call.body,
      connect: () => connectTarget(network, target),
      timeoutMs: TIMEOUT_MS,
      headMaxBytes: limits.HEAD_MAX_BYTES,
      bodyMaxBytes: limits.BODY_MAX_BYTES,
      held: network.held,
      signal,
    });
    if (answer.kind === 'failed') return { kind: 'failed', reason: answer.reason };
    const { status, reason, headers: answered } = answer.head;
    emit({ type: 'target-response', status, reason, headers: [...answered] });
    // No script asks for a switch of protocols; a target that does so nevertheless has sent a head and no body.
    if (answer.kind === 'switched') answer.stream.destroy();
    const body = answer.kind === 'answered' ? answer.body : new Uint8Array();
    return { kind: 'answered', status, reason, headers: answered, body };
  };
}

function requestHeaders(url: URL, { method, headers, body }: TargetCall): Header[] {
  const own = headers.filter(([name]) => !FRAMING.includes(name.toLowerCase()));
  const length: Header[] =
    body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method)
      ? [['Content-Length', String(body.length)]]
      : [];
  return [['Host', url.host], ...own, ...length, ['Connection', 'close']];
}
