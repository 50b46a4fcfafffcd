// HTTP/2 at the gateway's own port: offered by ALPN to clients of sandboxes that have it switched on, and served beside HTTP/1.1.
import { createServer as createHttp2Server } from 'node:http2';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { GatewayLimits } from './limits.ts';
import type { Gateway } from './types.ts';

/** Requests of one session at once. */
const STREAMS_AT_ONCE = 20;
/** Milliseconds that a session may be silent. */
const SESSION_IDLE_MS = 10_000;

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
  const [organization = ''] = (servername || '').split('.');
  const h2 = protocols.includes('h2');
  if (h2 && offersHttp2(organization)) return 'h2';
  if (protocols.includes('http/1.1')) return 'http/1.1';
  return h2 ? 'h2' : undefined;
}

/** Takes the connections with HTTP/2 off the server's hands. The function given back ends all sessions. */
export function serveHttp2(
  server: Server,
  gateway: Pick<Gateway, 'handleHttp2'>,
  limits: Pick<GatewayLimits, 'HEAD_MAX_BYTES'>,
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
    session.setTimeout(SESSION_IDLE_MS, () => session.close());
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
