// What a client has offered in its request, and so what it may find in the answer.
import { acceptValue } from '../../../sandbox-server/gateway/handshake/accept.ts';
import { headerTokens, isToken } from '../../../sandbox-server/gateway/handshake/headers.ts';
import { headersOf, keyOf } from '../heads/head-rules.ts';
import type { Head } from '../heads/parse-head.ts';

export interface Offer {
  /** The only accept value that proves that the key was read; `null` without a key. */
  accept: string | null;
  protocols: readonly string[];
  /** Whether it offers permessage-deflate, the one extension that clients know. */
  deflate: boolean;
}

export function offerOf(request: Head): Offer {
  const headers = headersOf(request);
  const key = keyOf(request);
  return {
    accept: key === undefined ? null : acceptValue(key),
    protocols: headerTokens(headers, 'Sec-WebSocket-Protocol'),
    deflate: headerTokens(headers, 'Sec-WebSocket-Extensions').some((extension) =>
      /^permessage-deflate[ \t]*(?:;|$)/.test(extension),
    ),
  };
}

/** A subprotocol that no client's constructor takes, and why; they look for invalid ones first. */
export function unofferable({
  protocols,
}: Offer): { protocol: string; why: 'invalid' | 'duplicated' } | null {
  const invalid = protocols.find((protocol) => !isToken(protocol));
  if (invalid !== undefined) return { protocol: invalid, why: 'invalid' };
  const twice = protocols.find((protocol, index) => protocols.indexOf(protocol) < index);
  return twice === undefined ? null : { protocol: twice, why: 'duplicated' };
}
