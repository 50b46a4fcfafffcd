// The handshake as websocat 1.x makes it, read in its published source and in that of its library, rust-websocket.
import type { Header } from '../../gatewayscript/types.ts';

export interface WebsocatRequest {
  /** Origin form. */
  target: string;
  /** With the port, where it is not the scheme's own. */
  host: string;
  key: string;
  headers: readonly Header[];
  /** Subprotocols to offer. */
  protocols: readonly string[];
}

/** What its library sets itself, whatever `-H` says. */
const ITS_OWN = new Set(['host', 'connection', 'upgrade', 'sec-websocket-version', 'sec-websocket-key']);

/** The request's head, byte for byte: the reader's headers first. */
export function websocatRequest({ target, host, key, headers, protocols }: WebsocatRequest): string {
  const lines = [
    `GET ${target} HTTP/1.1`,
    ...headers
      .filter(([name]) => !ITS_OWN.has(name.toLowerCase()))
      .map(([name, value]) => `${name}: ${value}`),
    ...(protocols.length > 0 ? [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`] : []),
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
