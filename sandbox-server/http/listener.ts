// The page's port: hands requests and WebSocket handshakes to the gateway where they begin with `/gateway`, else to the application.
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { hasToken, headerPairs } from '../gateway/handshake/headers.ts';
import type { Gateway } from '../gateway/types.ts';
import type { LabEnvironment } from './environment.ts';
import { heartbeat } from './heartbeat.ts';
import { Problem } from './problem.ts';

export interface PageListenerOptions {
  app: Pick<Hono<LabEnvironment>, 'fetch'>;
  gateway: Gateway;
  headMaxBytes: number;
  headTimeoutSeconds: number;
  maxConnections: number;
  pingSeconds: number;
  /** Bytes of the largest text that comes in a message: a server's file, which a terminal starts. */
  textMaxBytes: number;
}

export interface PageListener {
  server: Server;
  /** Stops listening, says 1001 to watchers, lets running requests end; `end` cuts what is still open. */
  close(): Promise<void>;
  end(): void;
}

const prefix = '/gateway';

/** Bytes of a message from the page beside its text: a terminal's longest line, each character escaped, and its JSON around it. */
const MESSAGE_BYTES = 16_384;
/** What JSON may make of a text's bytes: line ends and quotes take two. */
const ESCAPED = 2;

/**
 * The url without the prefix: `/gateway/demo/sandbox/x` is `/demo/sandbox/x` to the gateway. `undefined` where it is not the gateway's. In absolute form,
 * as clients of proxies send it (RFC 9112 §3.2.2), it is the same.
 */
export function gatewayPath(target: string): string | undefined {
  const url = target.replace(/^https?:\/\/[^/?]*/i, '');
  if (!url.startsWith(prefix)) return undefined;
  const rest = url.slice(prefix.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : undefined;
}

const isWebSocket = (request: IncomingMessage) =>
  hasToken(headerPairs(request.rawHeaders), 'Upgrade', 'websocket');

/** Answers a refused handshake with its whole answer; the adapter would send the status alone, and the reader no reason. */
async function refuse(socket: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('connection', 'close');
  headers.set('content-length', String(body.length));
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}\r\n${lines}\r\n`;
  await new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.end(Buffer.concat([Buffer.from(head, 'latin1'), body]), resolve);
  });
  socket.destroy();
}

/** `CONNECT` asks a proxy for a tunnel, which this server is not (RFC 9110 §9.3.6, §15.6.2). */
async function refuseProxy(socket: Duplex): Promise<void> {
  const hint =
    'Take the address of the lab out of the proxy settings of your client, and open its URL itself.';
  const problem = new Problem(
    501,
    'no-proxy',
    'CONNECT asks for a tunnel through a proxy, and the lab is none.',
    hint,
  );
  // What the client has sent already would turn the end of the connection into a reset, which may take the answer with it.
  socket.on('error', () => {}).resume();
  await refuse(socket, Response.json(problem.body(), { status: problem.status }));
}

/** The server for the page's port, not yet listening. */
export function createPageListener(options: PageListenerOptions): PageListener {
  const { app, gateway } = options;
  const watchers = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES + ESCAPED * options.textMaxBytes,
    perMessageDeflate: false,
  });
  const stopHeartbeat = heartbeat(watchers, options.pingSeconds);

  // The adapter's own server never listens: it is only asked, so that the gateway's traffic does not pass the application.
  const adapter = createAdaptorServer({
    // @ts-expect-error -- As its README has it; the adapter's types are not written for `exactOptionalPropertyTypes`.
    websocket: { server: watchers },
    async fetch(request, env) {
      const response = await app.fetch(request, env);
      // At an upgrade there is no response to write to; the adapter reads 200 as "go on".
      if (env.outgoing === undefined && response.status !== 200) await refuse(env.incoming.socket, response);
      return response;
    },
  });

  const server = createServer({
    maxHeaderSize: options.headMaxBytes,
    headersTimeout: options.headTimeoutSeconds * 1000,
    requestTimeout: 60_000,
    // How often the two above are looked at; Node's own 30 s would let a slow sender stay that much longer.
    connectionsCheckingInterval: Math.min(1_000, options.headTimeoutSeconds * 1000),
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    // Any other upgrade (h2c of curl, for example) may be ignored (RFC 9110 §7.8): it is a plain request then.
    shouldUpgradeCallback: isWebSocket,
  });
  server.maxConnections = options.maxConnections;
  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const path = gatewayPath(request.url ?? '/');
    if (path === undefined) return void adapter.emit('request', request, response);
    request.url = path;
    gateway.handleRequest(request, response, 'site');
  }
  server.on('request', onRequest);
  // An expectation that is unknown may be ignored (RFC 9110 §10.1.1).
  server.on('checkExpectation', onRequest);
  server.on('upgrade', (request, socket, head) => {
    const path = gatewayPath(request.url ?? '/');
    if (path === undefined) return void adapter.emit('upgrade', request, socket, head);
    request.url = path;
    gateway.handleUpgrade(request, socket, head, 'site');
  });
  // The gateway has its own answer; Node would end the connection without a word.
  server.on('connect', (request, socket, head) => {
    const path = gatewayPath(request.url ?? '/');
    if (path === undefined) return void refuseProxy(socket);
    request.url = path;
    gateway.handleUpgrade(request, socket, head, 'site');
  });

  return {
    server,
    async close() {
      stopHeartbeat();
      const closed = new Promise<void>((resolve) => {
        if (server.listening) server.close(() => resolve());
        else resolve();
      });
      for (const watcher of watchers.clients) watcher.close(1001, 'The lab stops.');
      server.closeIdleConnections();
      await closed;
    },
    end() {
      for (const watcher of watchers.clients) watcher.terminate();
      server.closeAllConnections();
    },
  };
}
