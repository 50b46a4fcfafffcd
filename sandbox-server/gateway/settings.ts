// The switches of one sandbox's gateway that decide whether a right definition works: handler, catalog and known limitations.
import { z } from 'zod';

const SCHEMES = ['http', 'https', 'ws', 'wss'] as const;

/** The defaults are those that let the tutorial work; each member says what the product has, and how that is known. */
export const gatewaySettings = z.strictObject({
  webSocketUpgrade: z.boolean().default(true).meta({
    description:
      "The HTTPS handler's WebSocket upgrade. While it is off, Upgrade in a request means nothing. The product's default is off.",
    standing: 'documented',
  }),
  getAllowed: z.boolean().default(true).meta({
    description:
      "Whether the handler's allowed methods hold GET. The product's default methods leave it out.",
    standing: 'documented',
  }),
  protocols: z
    .array(z.enum(SCHEMES))
    .refine((all) => new Set(all).size === all.length, 'names a protocol twice')
    .default([...SCHEMES])
    .meta({
      description:
        "The catalog's supported protocols (gateway_supported_protocols); without wss its APIs are not offered to WebSocket clients.",
      standing: 'documented',
    }),
  idleTimeoutSeconds: z.number().int().min(0).max(86_400).default(0).meta({
    description:
      "The handler's WebSocket idle timeout in seconds, 0 to 86,400; a silent connection is torn down. 0 is off, and the product's default.",
    standing: 'documented',
  }),
  textOnly: z.boolean().default(false).meta({
    description: 'Whether binary messages are lost after the 101, as people report of the product.',
    standing: 'seen',
  }),
  messageMaxBytes: z.number().int().min(1).max(16_777_216).nullable().default(null).meta({
    description:
      'Bytes of the largest message that passes, null for any. IBM documents less than 1 KB as the maximum reliable payload; that more is lost is how the lab shows it.',
    standing: 'documented',
  }),
  http2: z.boolean().default(false).meta({
    description: 'Whether the gateway offers HTTP/2 to clients. Such a session has no way to upgrade.',
    standing: 'documented',
  }),
  responseType: z.enum(['non-xml', 'json']).default('non-xml').meta({
    description:
      "The service's response type. With json, firmware before the fix of APAR IT27954 does not process the handshake.",
    standing: 'documented',
  }),
  beforeIT35242: z.boolean().default(false).meta({
    description:
      'Firmware before the fix of APAR IT35242: a status that a policy set by hand goes to the client in place of the 101.',
    standing: 'documented',
  }),
});

export type GatewaySettings = z.output<typeof gatewaySettings>;

export const DEFAULT_SETTINGS: GatewaySettings = gatewaySettings.parse({});
