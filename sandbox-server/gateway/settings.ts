// The switches of one sandbox's gateway that decide whether a right definition works: handler, catalog and known limitations.
import { z } from 'zod';

const SCHEMES = ['http', 'https', 'ws', 'wss'] as const;

/** The defaults are those that let the tutorial work; each member says what the product has. */
export const gatewaySettings = z.strictObject({
  /** The HTTPS handler's "WebSocket upgrade"; off by default in the product (object schema). */
  webSocketUpgrade: z.boolean().default(true),
  /** Whether the handler's allowed methods hold GET; the product's default methods leave it out (object schema). */
  getAllowed: z.boolean().default(true),
  /** The catalog's `gateway_supported_protocols` (documented). */
  protocols: z.array(z.enum(SCHEMES)).default([...SCHEMES]),
  /** The handler's WebSocket idle timeout in seconds, 0 to 86,400; 0 is off, the product's default (object schema). */
  idleTimeoutSeconds: z.number().int().min(0).max(86_400).default(0),
  /** Whether binary messages are lost after the 101, as reported of the product; the lab relays them unless this is on. */
  textOnly: z.boolean().default(false),
  /** Bytes of the largest message that passes, `null` for any: documented is "less than 1 KB" as the maximum reliable payload. */
  messageMaxBytes: z.number().int().min(1).max(16_777_216).nullable().default(null),
  /** Whether the gateway offers HTTP/2 to clients; such a session has no way to upgrade (documented). */
  http2: z.boolean().default(false),
  /** The service's response type; with `json`, firmware before the fix of APAR IT27954 does not process the handshake (documented). */
  responseType: z.enum(['non-xml', 'json']).default('non-xml'),
  /** Firmware before the fix of APAR IT35242: a status that a policy set by hand goes to the client in place of the 101 (documented). */
  beforeIT35242: z.boolean().default(false),
});

export type GatewaySettings = z.output<typeof gatewaySettings>;

export const DEFAULT_SETTINGS: GatewaySettings = gatewaySettings.parse({});
