// `/api/sandboxes/{organization}/terminal`: a WebSocket on which the page runs the lessons' commands against the reader's own endpoint.
import { upgradeWebSocket } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { ServerInfo } from '../backend/own-server/deployed.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { TooManyWatchers } from '../sandboxes/errors.ts';
import { CATALOG, type Sandbox } from '../sandboxes/sandbox.ts';
import type { Surroundings } from '../terminal/command.ts';
import { COMMAND_NAMES } from '../terminal/commands.ts';
import { createTerminal, type TerminalLimits } from '../terminal/terminal.ts';
import { authorized } from './authorization.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem, tooMany } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';
import { problems } from './responses.ts';
import { organizationParameter } from './sandbox-schemas.ts';
import { terminalRequestSchema, terminalResponseSchema } from './terminal-messages.ts';
import { terminalSocket } from './terminal-socket.ts';
import { gatewayUrls, type UrlBase } from './urls.ts';

export interface TerminalRoutesParts {
  directory: SandboxDirectory;
  baseOf(c: Context<LabEnvironment>): UrlBase;
  /** Address of the gateway's TLS listener, as this process reaches it. */
  gateway(): { host: string; port: number };
  perSandbox: RateLimit;
  limits: TerminalLimits;
  /** Terminals that may be open, of one sandbox and of all. */
  maxOfSandbox: number;
  max: number;
  maxLineChars: number;
  maxWaitingBytes: number;
  maxMessageBytes: number;
  log: Logger;
}

/** The port of the tutorial's server in every sandbox. */
const SERVER_PORT = 8091;

export function terminalRoutes(parts: TerminalRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();
  const open = new Map<string, number>();
  let all = 0;

  const registry = app.openAPIRegistry;
  registry.register('TerminalRequest', terminalRequestSchema(parts.maxLineChars));
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
    responses: { 101: { description: 'Messages follow.' }, ...problems(400, 401, 403, 404, 429) },
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
      const around = surroundings(sandbox, parts.baseOf(c), parts);
      const log = parts.log.child({ sandbox: name });
      const mistake = (error: unknown) => log.error({ err: error }, 'a terminal failed');
      const socket = terminalSocket({
        ready: { type: 'ready', endpoint: around.endpoint.wss, commands: [...COMMAND_NAMES] },
        maxLineChars: parts.maxLineChars,
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

/** What runs on the port of the tutorial's server: the one that the reader has deployed, or the tutorial's own. */
function runningServer(own: ServerInfo | undefined): string {
  if (!own)
    return `Your sandbox runs the tutorial's server already, on port ${SERVER_PORT}. To run your own, press Deploy below the server file. The console follows;`;
  const error = own.error ? ` (${own.error.message})` : '';
  return own.state === 'crashed'
    ? `Your own server on port ${SERVER_PORT} has crashed${error}. Deploy it again below the server file. Its console follows;`
    : `Your own server, as you have deployed it, runs on port ${SERVER_PORT}. Its console follows;`;
}

/** What the programs of this sandbox reach, under the names by which the reader reached the page. */
function surroundings(
  sandbox: Sandbox,
  base: UrlBase,
  { gateway, maxMessageBytes }: TerminalRoutesParts,
): Surroundings {
  const { name, events } = sandbox;
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
    server: {
      async start() {
        const own = sandbox.servers.list().find(({ port }) => port === SERVER_PORT);
        return { port: SERVER_PORT, note: `${runningServer(own)} Ctrl-C ends the showing, not the server.` };
      },
      follow(port, line) {
        try {
          return events.watch({
            event(event) {
              if (event.type === 'server-console' && event.port === port) line(event.text);
            },
            // The terminal itself ends with the sandbox.
            end() {},
          });
        } catch (error) {
          if (error instanceof TooManyWatchers) return null;
          throw error;
        }
      },
    },
  };
}
