// A handshake as the script of a server sees it, and the beginning of its answer as `ws` writes it.
import type { IncomingMessage } from 'node:http';
import { acceptValue } from '../../gateway/handshake/accept.ts';
import { MESSAGE_OVERHEAD_BYTES } from './limits.ts';
import type { RequestHead } from './messages.ts';

/** All clients come through the gateway, which is on this machine. */
export function headOf(request: IncomingMessage): RequestHead {
  const { method = 'GET', url = '/', httpVersion, headers, rawHeaders } = request;
  return { method, url, httpVersion, headers, rawHeaders, remoteAddress: '127.0.0.1' };
}

/** What it takes of memory while it waits, about. */
export function bytesOfHead({ url, rawHeaders }: RequestHead): number {
  return rawHeaders.reduce((sum, each) => sum + each.length + MESSAGE_OVERHEAD_BYTES, url.length);
}

/** `ws` has read the list already, and refuses one that is none. */
export function protocolsOf({ headers }: IncomingMessage): string[] {
  const list = headers['sec-websocket-protocol'] ?? '';
  return list.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
}

/** What the answer begins with, as `ws` writes it. */
export function answerHead({ headers }: IncomingMessage): string[] {
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptValue(headers['sec-websocket-key'] ?? '')}`,
  ];
}
