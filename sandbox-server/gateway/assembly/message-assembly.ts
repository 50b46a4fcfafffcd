// `request-assembly` and `response-assembly`: their policies run on each message that passes after the 101.
import { isUtf8 } from 'node:buffer';
import {
  type MessageHandler,
  type MessageRules,
  rulesOfSwitches,
  type Verdict,
} from '../tunnel/messages/message-rules.ts';
import type { PolicyNode } from '../types.ts';
import { createMessageTelling } from './message-telling.ts';
import type { PolicyEnd, PolicyParts, Transaction } from './policy.ts';

/** Close codes (RFC 6455 §7.4.1); 1013 is registered with IANA for a server that has too much to do. */
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;

type MessageParts = Pick<PolicyParts, 'limits' | 'runPoliciesOn'>;

/**
 * What a `websocket-upgrade` does with messages after its 101, `null` where nothing is asked for: neither by a policy in one of
 * the two assemblies, nor by a switch of the gateway. Read once, at the handshake.
 */
export function messageRules(
  transaction: Transaction,
  [request = [], response = []]: readonly (readonly PolicyNode[])[],
  parts: MessageParts,
): MessageRules | null {
  const switches = rulesOfSwitches(transaction.organization.settings);
  if (request.length === 0 && response.length === 0) return switches;
  const telling = createMessageTelling(parts.limits.MESSAGE_EVENTS_PER_SECOND, transaction.emit);
  const { events } = transaction.organization;
  // Looked for only where it will be seen: messages may come by the thousand.
  const tellsChanges = () => events.watched() && telling.hasRoom();
  const handler = (name: string, nodes: readonly PolicyNode[]) =>
    nodes.length === 0
      ? null
      : messageHandler(name, nodes, { ...transaction, emit: telling.emit, tellsChanges }, parts);
  return {
    textOnly: switches?.textOnly ?? false,
    lossBytes: switches?.lossBytes ?? null,
    fromClient: handler('request-assembly', request),
    fromTarget: handler('response-assembly', response),
    ended: telling.end,
  };
}

/**
 * Each message is a transaction of its own (lab's choice): its body is the payload, its variables are those that the handshake's policies have
 * left, and `request` is the handshake. What a policy sets is there for the policies after it, and gone with the message.
 */
function messageHandler(
  name: string,
  nodes: readonly PolicyNode[],
  handshake: Transaction,
  parts: MessageParts,
): MessageHandler {
  return async ({ text, payload }) => {
    // What a policy ties to the end of its transaction, such as a count that it gives back, ends with the message.
    const over = new AbortController();
    const end = () => over.abort();
    handshake.signal.addEventListener('abort', end);
    if (handshake.signal.aborted) end();
    const transaction: Transaction = {
      ...handshake,
      message: { status: null, headers: [], body: payload, bodyOrigin: 'request' },
      variables: structuredClone(handshake.variables),
      signal: over.signal,
    };
    try {
      for (const node of nodes) {
        const came = await parts.runPoliciesOn(transaction, [node]);
        if (came.kind !== 'next') return verdictOn(came, `The policy ${node.title} of ${name}`, name);
      }
    } finally {
      handshake.signal.removeEventListener('abort', end);
      end();
    }
    const { body } = transaction.message;
    const fault = faultOfBody(body, text, parts.limits.MESSAGE_MAX_BYTES);
    if (fault === null) return { kind: 'pass', payload: body };
    return {
      kind: 'close',
      code: INTERNAL_ERROR,
      reason: name,
      why: `${name} has left a body that ${fault}.`,
    };
  };
}

/**
 * What the product does when a policy fails on a message is not published. The RFC has a code for it: 1008, for a message that violates a
 * policy (§7.4.1). `reason` is what the Close frame says: never the policy's own words.
 */
export function verdictOn(
  end: Exclude<PolicyEnd, { kind: 'next' }>,
  policy: string,
  reason: string,
): Verdict {
  if (end.kind === 'switch') {
    end.target.destroy();
    const why = `${policy} has switched protocols, which a message cannot.`;
    return { kind: 'close', code: INTERNAL_ERROR, reason, why };
  }
  const code = end.response.status === 503 ? TRY_AGAIN_LATER : POLICY_VIOLATION;
  return { kind: 'close', code, reason, why: `${policy} has stopped a message: ${toldOf(end)}.` };
}

function toldOf(end: Exclude<PolicyEnd, { kind: 'next' | 'switch' }>): string {
  if (end.kind === 'answer') return end.message ?? 'it answers, which a message cannot be';
  const { name, message } = end.error;
  return (message.includes(name) ? message : `${name}: ${message}`).replace(/\.$/, '');
}

function faultOfBody(body: Uint8Array, text: boolean, maxBytes: number): string | null {
  if (body.length > maxBytes) return `is over ${maxBytes} bytes`;
  return text && !isUtf8(body) ? 'is no text' : null;
}
