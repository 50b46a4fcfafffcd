// `GET /openapi.json`: the HTTP interface described from the schemas that validate it.
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { LabEnvironment } from './environment.ts';

/** Registers the document; call it when all routes are there. */
export function describeInterface(app: OpenAPIHono<LabEnvironment>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of the sandbox, from POST /api/sandboxes.',
  });
  let document: ReturnType<typeof app.getOpenAPI31Document> | undefined;
  app.get('/openapi.json', (c) => {
    // Made at the first question, and once: the routes do not change.
    document ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'The API Connect WebSocket Lab',
        version: '1',
        description: 'Runs GatewayScript, and deploys API definitions to an emulated gateway.',
      },
    });
    return c.json(document);
  });
}
