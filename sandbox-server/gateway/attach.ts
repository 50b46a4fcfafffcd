// What a connection is attached to after a scripted 101: the sandbox's own uppercase server, or nobody.
import type { Duplex } from 'node:stream';
import type { Header } from '../gatewayscript/types.ts';
import type { GatewayEventBody } from './events.ts';
import { headerValues } from './handshake/headers.ts';
import { freshKey } from './handshake/key.ts';
import type { ResponseHead } from './handshake/response-rules.ts';
import type { GatewayLimits } from './limits.ts';
import { askTarget } from './target/answer.ts';
import { createNobody } from './tunnel/nobody.ts';
import type { ApiDefinition, Organization } from './types.ts';

/** Where the uppercase server is in every sandbox. */
const UPPERCASE_PORT = 8091;
const TIMEOUT_MS = 5_000;

export interface Attachment {
  target: Duplex;
  targetHead: Buffer;
  /** Whether somebody is there who answers frames. */
  answers: boolean;
  /** Why nobody is there although the API wants the uppercase server; `null` where all is as it wants. */
  fault: string | null;
}

/**
 * The API property `lab-attach`, the lab's own: GatewayScript has no frame API, so without it nobody answers.
 * The handshake with the server is a second one, inside the process, and told as such; from there on it is the same tunnel as that of
 * `websocket-upgrade`.
 */
export async function attach(
  api: ApiDefinition,
  organization: Organization,
  sent: ResponseHead,
  limits: GatewayLimits,
  signal: AbortSignal,
  emit: (event: GatewayEventBody) => void,
): Promise<Attachment> {
  if (api.lab.attach === 'none') return nobody(null);
  // The subprotocol that the script chose is the one that the server shall speak.
  const protocols = headerValues(sent.headers, 'Sec-WebSocket-Protocol');
  const offer: Header[] = protocols.slice(0, 1).map((protocol) => ['Sec-WebSocket-Protocol', protocol]);
  const host = `backend:${UPPERCASE_PORT}`;
  const headers: Header[] = [
    ['Host', host],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', freshKey()],
    ['Sec-WebSocket-Version', '13'],
    ...offer,
  ];
  emit({ type: 'target-request', url: `http://${host}/`, method: 'GET', headers });
  const answer = await askTarget({
    method: 'GET',
    path: '/',
    headers,
    connect: () => organization.network.connect(UPPERCASE_PORT),
    timeoutMs: TIMEOUT_MS,
    headMaxBytes: limits.HEAD_MAX_BYTES,
    bodyMaxBytes: limits.BODY_MAX_BYTES,
    held: organization.network.held,
    signal,
  });
  if (answer.kind !== 'failed') emit({ type: 'target-response', ...startOf(answer.head) });
  if (answer.kind === 'switched')
    return { target: answer.stream, targetHead: answer.rest, answers: true, fault: null };
  return nobody(answer.kind === 'failed' ? answer.reason : `it answered ${answer.head.status}`);
}

function startOf({ status, reason, headers }: ResponseHead) {
  return { status, reason, headers: [...headers] };
}

function nobody(fault: string | null): Attachment {
  return { target: createNobody(), targetHead: Buffer.alloc(0), answers: false, fault };
}
