// `/api/sandboxes/{organization}/events`: a WebSocket on which the page watches a sandbox, first what is kept and then live.
import { upgradeWebSocket, type WebSocketLike } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { WSContext, WSEvents } from 'hono/ws';
import { WebSocket } from 'ws';
import type { GatewayEvent } from '../gateway/events.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import type { EventLog } from '../sandboxes/event-log.ts';
import { authorized } from './authorization.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';
import { problems } from './responses.ts';
import { organizationParameter } from './sandbox-schemas.ts';

export interface EventRoutesParts {
  directory: SandboxDirectory;
  /** Bytes that may wait for one slow watcher. */
  maxWaitingBytes: number;
}

/** How a socket watches a log, from its opening to its end. Close codes: RFC 6455 §7.4.1, and 1013 of the IANA registry. */
export function watching(log: EventLog, maxWaitingBytes: number): WSEvents<WebSocketLike> {
  let stop = () => {};

  function leave(socket: WSContext<WebSocketLike>, code: number, reason: string): void {
    stop();
    socket.close(code, reason);
  }

  function send(socket: WSContext<WebSocketLike>, event: GatewayEvent): void {
    socket.send(JSON.stringify(event));
    const waiting = socket.raw instanceof WebSocket ? socket.raw.bufferedAmount : 0;
    if (waiting > maxWaitingBytes) leave(socket, 1013, 'The events come faster than you read them.');
  }

  return {
    onOpen(_opened, socket) {
      try {
        stop = log.watch({
          event: (event) => send(socket, event),
          end: () => leave(socket, 1001, 'The sandbox is gone.'),
        });
      } catch {
        // The last place went to another socket since the route looked.
        return leave(socket, 1013, 'Too many sockets watch this sandbox.');
      }
      // No event can come before these: emitting is synchronous, and so is this.
      for (const event of log.kept()) send(socket, event);
    },
    onClose: () => stop(),
    onError: () => stop(),
  };
}

export function eventRoutes({ directory, maxWaitingBytes }: EventRoutesParts) {
  const app = new OpenAPIHono<LabEnvironment>();

  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/sandboxes/{organization}/events',
    summary: 'Watch the events of a sandbox (WebSocket)',
    description:
      'One event as JSON in each text message: first the kept ones, oldest first, then each as it happens. ' +
      'Browsers give the token as a subprotocol: `new WebSocket(url, [token])`.',
    security: [{ token: [] }],
    request: { params: organizationParameter },
    responses: { 101: { description: 'Events follow.' }, ...problems(400, 401, 403, 404, 429, 503) },
  });

  app.get('/api/sandboxes/:organization/events', authorized(directory, { subprotocols: true }), async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
      const hint = 'Open it with a WebSocket client, or with new WebSocket(url, [token]).';
      throw new Problem(400, 'not-a-websocket', 'The events come over a WebSocket.', hint);
    }
    const log = c.get('sandbox').events;
    log.assertRoom();
    return upgradeWebSocket(c, watching(log, maxWaitingBytes));
  });

  return app;
}
