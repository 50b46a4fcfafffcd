// The gateway's own log lines for a handshake that cannot become a WebSocket: event code and sentence, as published.

type UpgradeEvent = readonly [code: string, text: string];

export const UPGRADE_EVENTS: Readonly<Record<'get' | 'http11' | 'http11Response', UpgradeEvent>> = {
  get: ['0x00b3006b', 'The GET method is required for WebSocket upgrade.'],
  http11: ['0x00b3006c', 'HTTP 1.1 is required for WebSocket upgrade.'],
  http11Response: ['0x00b3006d', 'HTTP 1.1 response version is required for WebSocket upgrade.'],
};
