// What a server that is made with Node's `ws` answers to the request, whatever the response below it says.
import { isToken, trimmed } from '../../../sandbox-server/gateway/handshake/headers.ts';
import { joined, readAsNode } from './node-head.ts';
import { type Finding, found } from './verdict.ts';

/** It takes the version of a draft, too. */
const VERSIONS = [13, 8];

const bad = (rule: string, says: string) => found(rule, `400 Bad Request: ${says}`);

/** A finding; `null` where it answers 101; `waits` for a head that goes on. It looks at neither `Host` nor HTTP/1.1. */
export function wsServer(request: string): Finding | null | 'waits' {
  const head = readAsNode(request, 'request');
  if (head === null) return 'waits';
  if (typeof head === 'string') return found('request-head', '400 Bad Request');
  const { method, version, headers, upgrade } = head;
  if (method === 'CONNECT') return found('request-method', '');
  if (!upgrade) {
    if (version === '1.1' && joined(headers, 'Host') === undefined)
      return found('request-host', '400 Bad Request');
    return found(
      (joined(headers, 'Upgrade') ?? '') === '' ? 'request-upgrade' : 'request-connection',
      '426 Upgrade Required',
    );
  }
  if (method !== 'GET') return found('request-method', '405 Method Not Allowed: Invalid HTTP method');
  if (joined(headers, 'Upgrade')?.toLowerCase() !== 'websocket')
    return bad('request-upgrade', 'Invalid Upgrade header');
  if (!/^[+/0-9A-Za-z]{22}==$/.test(joined(headers, 'Sec-WebSocket-Key') ?? ''))
    return bad('request-key', 'Missing or invalid Sec-WebSocket-Key header');
  if (!VERSIONS.includes(Number(joined(headers, 'Sec-WebSocket-Version'))))
    return bad('request-version', 'Missing or invalid Sec-WebSocket-Version header');
  const protocols = joined(headers, 'Sec-WebSocket-Protocol')?.split(',').map(trimmed);
  if (protocols && (!protocols.every(isToken) || new Set(protocols).size < protocols.length))
    return bad('request-subprotocols', 'Invalid Sec-WebSocket-Protocol header');
  return null;
}
