// HTTP/2 at the gateway's own port: offered by ALPN to clients of sandboxes that have it switched on, and served beside HTTP/1.1.
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { GatewayLimits } from './limits.ts';
import type { Gateway } from './types.ts';

/** Requests of one session at once. */
const STREAMS_AT_ONCE = 20;

/**
 * Which protocol a TLS client gets. The sandbox is known before any path by the first label of the name that the client asks for
 * (`maple-heron.localhost`, RFC 6066 §3), which is lab's choice. A client that can do nothing but HTTP/2 gets it, to be told that it
 * needs HTTP/1.1. `undefined` ends the TLS handshake (RFC 7301 §3.2).
 */
export function chooseProtocol(
  // Node gives no name for a client that asks for none.
  { servername, protocols }: { servername?: string | false | null; protocols: string[] },
  offersHttp2: (organization: string) => boolean,
): string | undefined {
  const [organization = ''] = (servername || '').toLowerCase().split('.');
  const h2 = protocols.includes('h2');
  if (h2 && offersHttp2(organization)) return 'h2';
  if (protocols.includes('http/1.1')) return 'http/1.1';
  return h2 ? 'h2' : undefined;
}

/** Takes the connections with HTTP/2 off the server's hands. The function given back ends all sessions. */
export function serveHttp2(
  server: Server,
  gateway: Pick<Gateway, 'handleHttp2'>,
  limits: Pick<GatewayLimits, 'HEAD_MAX_BYTES' | 'HEAD_TIMEOUT_SECONDS'>,
): () => void {
  const http2 = createHttp2Server({
    settings: {
      maxConcurrentStreams: STREAMS_AT_ONCE,
      maxHeaderListSize: limits.HEAD_MAX_BYTES,
      enableConnectProtocol: false,
    },
    maxSessionMemory: 1,
    // A script may set a header twice that should come once: over HTTP/1.1 that goes out as set, and so it does here.
    strictSingleValueFields: false,
  });
  const sessions = new Set<{ destroy(): void }>();
  http2.on('session', (session) => {
    sessions.add(session);
    endIdle(session, limits.HEAD_TIMEOUT_SECONDS * 1_000);
    session.on('error', () => session.destroy());
    session.once('close', () => sessions.delete(session));
  });
  http2.on('request', (request, response) => gateway.handleHttp2(request, response));
  const http1 = server.listeners('secureConnection');
  server.removeAllListeners('secureConnection');
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.alpnProtocol === 'h2') http2.emit('connection', socket);
    else for (const listener of http1) listener.call(server, socket);
  });
  return () => {
    for (const session of sessions) session.destroy();
  };
}

/**
 * Ends a session that has had no stream for so long, whatever else it sends: a stream opens when its head is whole. An open one has limits
 * of its own. It is destroyed, since a session that is only closed waits for the client to end the connection.
 */
function endIdle(session: ServerHttp2Session, ms: number): void {
  const wait = () => setTimeout(() => session.destroy(), ms);
  let open = 0;
  let idle = wait();
  session.on('stream', (stream) => {
    open += 1;
    clearTimeout(idle);
    stream.once('close', () => {
      open -= 1;
      if (open === 0 && !session.destroyed) idle = wait();
    });
  });
  session.once('close', () => clearTimeout(idle));
}
