// The shapes in which the HTTP interface tells about sandboxes and what is deployed in them.
import { z } from '@hono/zod-openapi';
import { problemSchema } from './problem.ts';

export const gatewayUrlsSchema = z.object({
  wss: z.string().openapi({ example: 'wss://localhost:9443/maple-heron/sandbox' }),
  ws: z.string().openapi({ example: 'ws://localhost:4321/gateway/maple-heron/sandbox' }),
});

export const diagnosticSchema = z
  .object({
    severity: z.enum(['error', 'warning', 'info']),
    rule: z.string().openapi({ example: 'target-url-scheme' }),
    message: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    path: z.array(z.union([z.string(), z.number()])),
  })
  .openapi('Diagnostic');

export const deploymentSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    endpoints: z.array(z.string()),
    diagnostics: z.array(diagnosticSchema),
  })
  .openapi('Deployment');

export const productDeploymentSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    version: z.string(),
    plans: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        limits: z
          .array(
            z.object({
              name: z.string(),
              value: z.string().openapi({ example: '100/1hour' }),
              hard: z.boolean().openapi({ description: 'Whether a call above it is refused with 429.' }),
            }),
          )
          .openapi({
            description: 'Those of the plan itself, rate and burst limits; operations may have their own.',
          }),
      }),
    ),
    applications: z.array(
      z.object({
        name: z.string(),
        organization: z.string(),
        plan: z.string(),
        clientId: z.string(),
        clientSecret: z.string().nullable().openapi({
          description:
            'Told at deployment, where the lab made it up; null where the file gives it, and in the list.',
        }),
      }),
    ),
    diagnostics: z.array(diagnosticSchema),
  })
  .openapi('ProductDeployment');

export const refusedDeploymentSchema = problemSchema
  .extend({ diagnostics: z.array(diagnosticSchema) })
  .openapi('RefusedDeployment');

export const newSandboxSchema = z
  .object({
    organization: z.string().openapi({ example: 'maple-heron' }),
    token: z.string().openapi({ description: 'Told this once; the lab keeps only its hash.' }),
    gateway: gatewayUrlsSchema,
    expiresAt: z.string().openapi({ description: 'ISO 8601; each use moves it.' }),
  })
  .openapi('NewSandbox');

export const serverSchema = z
  .object({
    port: z.number().int().openapi({ example: 8091 }),
    state: z.enum(['running', 'resting', 'crashed', 'ended']).openapi({
      description:
        '`resting`: it starts with its next client. `ended`: its script had nothing left to do; like `crashed`, its connections are refused until it is deployed again.',
    }),
    clients: z.number().int().openapi({ description: 'Open connections to it.' }),
    error: z
      .object({
        name: z.string(),
        message: z.string(),
        line: z.number().int().nullable(),
        column: z.number().int().nullable(),
      })
      .nullable()
      .openapi({ description: 'Why it crashed.' }),
  })
  .openapi('Server');

export const sandboxSchema = z
  .object({
    organization: z.string(),
    gateway: gatewayUrlsSchema,
    createdAt: z.string(),
    expiresAt: z.string(),
    apis: z.array(deploymentSchema.extend({ title: z.string(), basePath: z.string() })),
    products: z.array(productDeploymentSchema),
    servers: z.array(serverSchema).openapi({
      description: 'Those of its own. Without one, port 8091 has the uppercase server.',
    }),
  })
  .openapi('Sandbox');

export const organizationParameter = z.object({
  organization: z.string().openapi({ param: { name: 'organization', in: 'path' }, example: 'maple-heron' }),
});

/** Of an API or a product: the name that it is deployed under. */
export const nameParameters = organizationParameter.extend({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      'starts with a letter or digit, then up to 63 of letters, digits, ".", "_" and "-"',
    )
    .openapi({ param: { name: 'name', in: 'path' }, example: 'websocket-upgrade' }),
});
