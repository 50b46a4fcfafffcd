// `/api/sandboxes/{organization}/terminal`: a WebSocket on which the page runs the lessons' commands against the reader's own endpoint.
import { upgradeWebSocket } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { CATALOG, type Sandbox } from '../sandboxes/sandbox.ts';
import type { OwnServer, Surroundings } from '../terminal/command.ts';
import { COMMAND_NAMES } from '../terminal/commands.ts';
import { createTerminal, type TerminalLimits } from '../terminal/terminal.ts';
import { authorized } from './authorization.ts';
import type { DeploymentIntake } from './deployment.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem, tooMany } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import { problems } from './responses.ts';
import { organizationParameter } from './sandbox-schemas.ts';
import {
  type TerminalMessageLimits,
  terminalRequestSchema,
  terminalResponseSchema,
} from './terminal-messages.ts';
import { terminalServer } from './terminal-server.ts';
import { terminalSocket } from './terminal-socket.ts';
import { gatewayUrls, type UrlBase } from './urls.ts';

export interface TerminalRoutesParts {
  directory: SandboxDirectory;
  baseOf(c: Context<LabEnvironment>): UrlBase;
  /** Address of the gateway's TLS listener, as this process reaches it. */
  gateway(): { host: string; port: number };
  perSandbox: RateLimit;
  /** A server that a terminal starts counts as a deployment. */
  intake: Pick<DeploymentIntake, 'count'>;
  limits: TerminalLimits;
  /** Terminals that may be open, of one sandbox and of all. */
  maxOfSandbox: number;
  max: number;
  messages: TerminalMessageLimits;
  maxWaitingBytes: number;
  maxMessageBytes: number;
  log: Logger;
}

export function terminalRoutes(parts: TerminalRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  const open = new Map<string, number>();
  let all = 0;

  const registry = app.openAPIRegistry;
  registry.register('TerminalRequest', terminalRequestSchema(parts.messages));
  registry.register('TerminalResponse', terminalResponseSchema);
  registry.registerPath({
    method: 'get',
    path: '/api/sandboxes/{organization}/terminal',
    summary: 'A terminal for the lessons’ commands (WebSocket)',
    description:
      'Text messages with JSON: `TerminalRequest` from the client, `TerminalResponse` from the server, first one of type `ready`. ' +
      'The programs reach the endpoint of this sandbox only. Browsers give the token as a subprotocol: `new WebSocket(url, [token])`.',
    security: [{ token: [] }],
    request: { params: organizationParameter },
    responses: { 101: { description: 'Messages follow.' }, ...problems(400, 401, 403, 404, 429, 503) },
  });

  /** Why there is no room for one more; `null` where there is. */
  function lackOfRoom(name: string): Problem | null {
    if ((open.get(name) ?? 0) >= parts.maxOfSandbox)
      return tooMany('too-many-terminals', 'Your organization has as many terminals open as it may.', 5);
    return all >= parts.max
      ? tooMany('terminals-busy', 'More terminals are open than the lab has room for.', 30)
      : null;
  }

  function begin(name: string): (() => void) | null {
    if (lackOfRoom(name)) return null;
    open.set(name, (open.get(name) ?? 0) + 1);
    all += 1;
    return () => {
      const left = (open.get(name) ?? 0) - 1;
      if (left > 0) open.set(name, left);
      else open.delete(name);
      all -= 1;
    };
  }

  app.get(
    '/api/sandboxes/:organization/terminal',
    authorized(parts.directory, { subprotocols: true }),
    async (c) => {
      const sandbox = c.get('sandbox');
      const { name } = sandbox;
      // Before the next check, so that a page can ask with a plain GET why its handshake was refused.
      const lack = lackOfRoom(name);
      if (lack) throw lack;
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
        const hint = 'Open it with a WebSocket client, or with new WebSocket(url, [token]).';
        throw new Problem(400, 'not-a-websocket', 'A terminal works over a WebSocket.', hint);
      }
      const count = (characters: number) => parts.intake.count(c, characters);
      const around = surroundings(sandbox, parts.baseOf(c), parts, terminalServer({ sandbox, count }));
      const log = parts.log.child({ sandbox: name });
      const mistake = (error: unknown) => log.error({ err: error }, 'a terminal failed');
      const socket = terminalSocket({
        ready: {
          type: 'ready',
          endpoint: around.endpoint.wss,
          commands: [...COMMAND_NAMES],
          fileBytes: parts.messages.fileBytes,
        },
        messages: parts.messages,
        maxWaitingBytes: parts.maxWaitingBytes,
        gone: sandbox.gone,
        create: (io) => createTerminal({ ...io, limits: parts.limits, around, mistake }),
        async takeRun() {
          await parts.perSandbox.take(name);
          sandbox.touch();
        },
        mistake,
        begin: () => begin(name),
      });
      return upgradeWebSocket(c, socket);
    },
  );

  return app;
}

/** What the programs of this sandbox reach, under the names by which the reader reached the page. */
function surroundings(
  sandbox: Sandbox,
  base: UrlBase,
  { gateway, maxMessageBytes }: TerminalRoutesParts,
  server: OwnServer,
): Surroundings {
  const { name } = sandbox;
  return {
    endpoint: {
      organization: name,
      catalog: CATALOG,
      hostnames: new Set([
        'localhost',
        '127.0.0.1',
        '[::1]',
        `${name}.localhost`,
        base.hostname,
        `${name}.${base.hostname}`,
      ]),
      port: base.gatewayPort,
      wss: gatewayUrls(base, name).wss,
    },
    gateway: gateway(),
    maxMessageBytes,
    basePaths: () => [...sandbox.apis()].map(({ basePath }) => basePath).sort(),
    server,
  };
}
