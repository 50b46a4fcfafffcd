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

export const sandboxSchema = z
  .object({
    organization: z.string(),
    gateway: gatewayUrlsSchema,
    createdAt: z.string(),
    expiresAt: z.string(),
    apis: z.array(deploymentSchema.extend({ title: z.string(), basePath: z.string() })),
  })
  .openapi('Sandbox');

export const organizationParameter = z.object({
  organization: z.string().openapi({ param: { name: 'organization', in: 'path' }, example: 'maple-heron' }),
});

export const apiParameters = organizationParameter.extend({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      'starts with a letter or digit, then up to 63 of letters, digits, ".", "_" and "-"',
    )
    .openapi({ param: { name: 'name', in: 'path' }, example: 'websocket-upgrade' }),
});
