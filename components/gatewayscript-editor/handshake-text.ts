// The request that a script meets when the reader has not changed it: a WebSocket handshake.

/** A handshake as a client sends it (RFC 6455, section 4.1), with this `Sec-WebSocket-Key`. */
export function handshakeText(key: string): string {
  return [
    'GET /demo/sandbox/websocket-test HTTP/1.1',
    'Host: localhost:9443',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\n');
}
