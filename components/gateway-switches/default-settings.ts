// The switches as they are until the reader changes one; a test holds them against the server's own.
import type { GatewaySettings } from '../../sandbox-server/gateway/settings.ts';

/** As the page has them: protocols are names. */
export type Settings = Omit<GatewaySettings, 'protocols'> & { protocols: string[] };

export const defaultSettings: Settings = {
  webSocketUpgrade: true,
  getAllowed: true,
  protocols: ['http', 'https', 'ws', 'wss'],
  idleTimeoutSeconds: 0,
  textOnly: false,
  messageMaxBytes: null,
  http2: false,
  responseType: 'non-xml',
  beforeIT35242: false,
};
