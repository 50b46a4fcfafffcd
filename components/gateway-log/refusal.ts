// Why a handshake failed. A browser tells a page nothing of it, so the page asks the gateway.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { headerTokens } from '../../sandbox-server/gateway/handshake/headers.ts';
import type { HandshakeRule } from '../../sandbox-server/gateway/handshake/rules.ts';
import type { Header } from '../../sandbox-server/gatewayscript/types.ts';
import { eventLine } from './event-line.ts';

export interface Refusal {
  /** One sentence: what the gateway answered, and why that was not enough. */
  sentence: string;
  broken: HandshakeRule[];
  /** What policies, the gateway's log and the script's console have to say to it. */
  evidence: string[];
  body: string;
}

/**
 * The newest connection of a browser to `path` (as the gateway sees it) among events after `since`.
 * The newest, since kept events may still be coming in when the reader connects.
 */
export function connectionTo(path: string, since: number, events: readonly GatewayEvent[]): string | null {
  const asked = events.findLast(
    (event) =>
      event.type === 'request-received' &&
      event.listener === 'site' &&
      event.path === path &&
      event.id > since,
  );
  return asked?.connection ?? null;
}

/** `null` until the gateway has answered that connection. */
export function refusalOf(connection: string, events: readonly GatewayEvent[]): Refusal | null {
  const own = events.filter((event) => event.connection === connection);
  const answer = own.find((event) => event.type === 'response-sent');
  if (answer?.type !== 'response-sent') return null;
  const broken = answer.rules.filter((rule) => !rule.passed);
  const asked = own.find((event) => event.type === 'request-received');
  const status = `${answer.status} ${answer.reason}`.trim();
  const sentence =
    answer.status !== 101
      ? `The gateway answered ${status}, and only 101 opens a WebSocket.`
      : broken.length > 0
        ? `The gateway answered ${status}, but the handshake breaks ${broken.length === 1 ? 'a rule' : `${broken.length} rules`} of RFC 6455, so the browser refused it.`
        : `The gateway answered ${status} and kept every rule that it checks; the browser refused it all the same.${subprotocolHint(asked?.type === 'request-received' ? asked.headers : [], answer.headers)}`;
  return {
    sentence,
    broken,
    evidence: own.flatMap(evidence),
    body: answer.status === 101 ? '' : answer.body,
  };
}

/**
 * Rule of the browsers, not of RFC 6455: who offers subprotocols takes no answer that names none
 * (WHATWG WebSockets, "establish a WebSocket connection").
 */
function subprotocolHint(asked: readonly Header[], answered: readonly Header[]): string {
  const [offered] = headerTokens(asked, 'Sec-WebSocket-Protocol');
  if (offered === undefined || headerTokens(answered, 'Sec-WebSocket-Protocol').length > 0) return '';
  return ` It offered subprotocols, and the answer names none: a browser takes that for a failure. In the script, name one of them: context.set('message.headers.Sec-WebSocket-Protocol', '${offered}'). Or leave the field Subprotocol empty.`;
}

function evidence(event: GatewayEvent): string[] {
  switch (event.type) {
    case 'policy-ended':
      return event.outcome === 'failed'
        ? [`${event.title || event.policy} failed${event.message ? `: ${event.message}` : '.'}`]
        : [];
    case 'security-checked':
      return event.passed ? [] : [eventLine(event).text];
    case 'gateway-log':
      return event.level === 'error' || event.level === 'warn'
        ? [`Gateway log: ${event.code ? `${event.code} ` : ''}${event.text}`]
        : [];
    case 'console':
      return [
        `Script, console.${event.level}${event.line === null ? '' : `, line ${event.line}`}: ${event.text}`,
      ];
    default:
      return [];
  }
}
