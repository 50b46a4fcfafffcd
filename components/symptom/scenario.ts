// What a symptom's page is made of: the faulty side and the mended one, each with its switches and the clients that meet it.
import { z } from 'zod/mini';

const message = z.union([
  z.strictObject({ text: z.string(), repeat: z.optional(z.number()) }),
  z.strictObject({ hex: z.string() }),
]);

/** `browser` is the reader's own; the others run on the server. `path` follows the catalog. */
export const client = z.strictObject({
  client: z.enum(['browser', 'wscat', 'websocat', 'curl', 'curl-http2']),
  path: z.string(),
  method: z.optional(z.string()),
  headers: z.optional(z.record(z.string(), z.string())),
  protocols: z.optional(z.array(z.string())),
  messages: z.optional(z.array(message)),
  /** Milliseconds between pings, and of staying connected after the last message. */
  pingMs: z.optional(z.number()),
  stayMs: z.optional(z.number()),
});

const side = z.strictObject({
  /** Switches of the gateway that differ from the defaults. */
  settings: z.optional(
    z.record(z.string(), z.union([z.boolean(), z.number(), z.string(), z.array(z.string())])),
  ),
  clients: z.array(client).check(z.minLength(1)),
  /** Texts that client or log must show; CI presses the buttons and looks for them. */
  shows: z.array(z.string()).check(z.minLength(1)),
});

export const scenario = z.strictObject({
  /** Name that the definition is deployed under. */
  api: z.string(),
  /** What a reader may have in hand: messages, event codes, statuses. The index finds the page by them. */
  errors: z.array(z.string()).check(z.minLength(1)),
  broken: side,
  mended: side,
});

export type Scenario = z.infer<typeof scenario>;
export type Side = z.infer<typeof side>;
export type SymptomClient = z.infer<typeof client>;

/** The definition (and product file) of each side; where nothing is mended in it, both are the same. */
export interface SideTexts {
  definition: string;
  product: string | null;
}
