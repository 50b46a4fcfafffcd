// The head that goes to the target: the client's headers as far as they are let through, and those that are the gateway's own.
import type { Header, MessageHeader } from '../../gatewayscript/types.ts';
import { NOT_TO_TARGET, OF_AN_UPGRADE } from '../handshake/header-rules.ts';
import { headerTokens } from '../handshake/headers.ts';
import { TRANSACTION_ID } from '../handshake/transaction-id.ts';
import type { Control } from './control.ts';

export interface TargetHeaderParts {
  url: URL;
  /** The message's headers: the request's, as policies before this one left them. */
  message: readonly MessageHeader[];
  control: Control;
  /** The gateway's own `Sec-WebSocket-Key`; `null` for a request that asks for no upgrade. */
  key: string | null;
  remote: string;
  transactionId: string;
  credentials: { username: string; password: string } | null;
  /** `inject-proxy-headers`: X-Forwarded-For, -Host and -Port where the client sent none. */
  forwarded: { host: string; port: string } | null;
}

/** Of one connection only (RFC 9110 §7.6.1), or written anew for the target's own handshake. */
const OWN_WORDS = Object.keys(NOT_TO_TARGET);

/**
 * Subprotocols and extensions pass, so that client and target negotiate end to end; the key is fresh, since the accept value
 * that answers it is for the gateway alone (IBM documents X-Client-IP and X-Global-Transaction-ID).
 */
export function targetHeaders(parts: TargetHeaderParts): Header[] {
  const own: Header[] = [['Host', parts.url.host]];
  if (parts.key !== null) {
    own.push(
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Key', parts.key],
      ['Sec-WebSocket-Version', '13'],
    );
  } else own.push(['Connection', 'close']);

  const client = parts.message.map(({ name, value }): Header => [name, value]);
  const ofThisHop = new Set([
    ...OWN_WORDS,
    ...headerTokens(client, 'Connection').map((name) => name.toLowerCase()),
  ]);
  if (parts.credentials) ofThisHop.add('authorization');
  if (parts.key === null) for (const name of Object.keys(OF_AN_UPGRADE)) ofThisHop.add(name);
  const passed = client.filter(([name]) => !ofThisHop.has(name.toLowerCase()) && parts.control(name));

  const added: Header[] = [
    ['X-Client-IP', parts.remote],
    [TRANSACTION_ID, parts.transactionId],
  ];
  if (parts.credentials) {
    const { username, password } = parts.credentials;
    added.push(['Authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`]);
  }
  if (parts.forwarded) {
    const injected: Header[] = [
      ['X-Forwarded-For', parts.remote],
      ['X-Forwarded-Host', parts.forwarded.host],
      ['X-Forwarded-Port', parts.forwarded.port],
    ];
    const present = new Set(passed.map(([name]) => name.toLowerCase()));
    added.push(...injected.filter(([name, value]) => value !== '' && !present.has(name.toLowerCase())));
  }
  return [...own, ...passed, ...added];
}
