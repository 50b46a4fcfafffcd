// The troubleshooting pages in the order in which a handshake meets their causes.

export const ORDER = [
  'not-found',
  'catalog-without-wss',
  'get-not-allowed',
  'get-required',
  'upgrade-switched-off',
  'http2',
  'unauthorized',
  'too-many-requests',
  'browser-cannot-set-headers',
  'status-set-by-hand',
  'json-response-type',
  'works-in-websocat-only',
  'subprotocol-not-answered',
  'binary-messages-vanish',
  'large-messages-lost',
  'idle-connections-drop',
  'portal-test-tool',
] as const;
