// What the server answers, parsed once at the border: a run, a deployment, a new sandbox, an error.
import { z } from 'zod/mini';

const header = z.readonly(z.tuple([z.string(), z.string()]));

const response = z.object({
  status: z.number(),
  reason: z.string(),
  headers: z.array(header),
  body: z.string(),
});

const consoleEntry = z.object({ level: z.string(), text: z.string(), line: z.nullable(z.number()) });

const traceEntry = z.object({
  operation: z.enum(['get', 'set', 'clear']),
  name: z.string(),
  value: z.optional(z.unknown()),
  line: z.nullable(z.number()),
});

const scriptError = z.object({
  name: z.string(),
  message: z.string(),
  line: z.nullable(z.number()),
  column: z.nullable(z.number()),
});

export const handshakeRule = z.object({
  rule: z.string(),
  section: z.string(),
  passed: z.boolean(),
  message: z.string(),
});

/** `POST /api/runs`; recorded ones carry neither `durationMs` nor `log`, which are other each time. */
export const runAnswer = z.object({
  outcome: z.enum(['completed', 'rejected', 'threw', 'syntax-error', 'interrupted', 'out-of-memory']),
  response,
  console: z.array(consoleEntry),
  log: z.optional(z.array(z.string())),
  truncated: z.boolean(),
  trace: z.array(traceEntry),
  error: z.nullable(scriptError),
  handshake: z.array(handshakeRule),
  durationMs: z.optional(z.number()),
});

const diagnostic = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  rule: z.string(),
  message: z.string(),
  line: z.number(),
  column: z.number(),
});

const problem = z.object({ code: z.string(), message: z.string(), hint: z.optional(z.nullable(z.string())) });

/** Every answer that is no success. */
export const problemAnswer = z.object({ error: problem });

/** `PUT …/apis/{name}`: 200. */
const deployed = z.object({
  name: z.string(),
  version: z.string(),
  endpoints: z.array(z.string()),
  diagnostics: z.array(diagnostic),
});

/** `PUT …/products/{name}`: 200. */
const productDeployed = z.object({
  name: z.string(),
  version: z.string(),
  plans: z.array(
    z.object({
      name: z.string(),
      limits: z.array(z.object({ name: z.string(), value: z.string(), hard: z.boolean() })),
    }),
  ),
  applications: z.array(
    z.object({
      name: z.string(),
      plan: z.string(),
      clientId: z.string(),
      clientSecret: z.nullable(z.string()),
    }),
  ),
  diagnostics: z.array(diagnostic),
});

/** `PUT …/apis/{name}` and `PUT …/products/{name}`: 422. */
const refused = z.object({ error: problem, diagnostics: z.array(diagnostic) });

/** `PUT …/servers/{port}`: 200. */
const serverDeployed = z.object({ port: z.number(), state: z.string() });

/** Either body of `PUT …/servers/{port}`; `diagnostics` tells them apart. */
export const serverAnswer = z.union([refused, serverDeployed]);

/** Either body of `PUT …/apis/{name}`; `endpoints` tells them apart. */
export const deploymentAnswer = z.union([deployed, refused]);

/** Either body of `PUT …/products/{name}`; `plans` tells them apart. */
export const productAnswer = z.union([productDeployed, refused]);

/** What a page shows before anything was deployed. */
export const recordedDeployment = z.union([deployed, productDeployed, refused]);

/** `POST /api/sandboxes`: 201. */
export const sandboxAnswer = z.object({
  organization: z.string(),
  token: z.string(),
  gateway: z.object({ wss: z.string(), ws: z.string() }),
  expiresAt: z.string(),
});

export type Run = z.infer<typeof runAnswer>;
export type Rule = z.infer<typeof handshakeRule>;
export type Diagnostic = z.infer<typeof diagnostic>;
export type Deployment = z.infer<typeof deploymentAnswer>;
export type ProductDeployment = z.infer<typeof productAnswer>;
export type ServerDeployment = z.infer<typeof serverAnswer>;
export type DeployedProduct = z.infer<typeof productDeployed>;
