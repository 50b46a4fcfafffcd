// The gateway's own port: TLS with HTTP/1.1, and HTTP/2 for sandboxes that have it switched on, where there is no way to upgrade.
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { loadCertificate } from './certificate.ts';
import { errorResponse } from './handshake/error-response.ts';
import { headBytes } from './handshake/head.ts';
import { newTransactionId } from './handshake/transaction-id.ts';
import { chooseProtocol, serveHttp2 } from './http2.ts';
import type { GatewayLimits } from './limits.ts';
import type { Gateway } from './types.ts';

export interface TlsListenerOptions {
  gateway: Gateway;
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Folder of the certificate. */
  dataDir: string;
  /** A further name in the certificate. */
  publicHost?: string | undefined;
  limits: GatewayLimits;
  log: Pick<Logger, 'debug'>;
}

export interface TlsListener {
  port: number;
  server: Server;
  /** Stops listening and destroys what is still open. End the gateway's connections first, with `gateway.close()`. */
  close(): Promise<void>;
}

/**
 * Key exchange without ML-KEM, the first choice of OpenSSL: its key stays with the connection, 7 KiB each, of 49 that Node's TLS takes
 * for a silent one (measured with Node 24.21). What passes here are a learner's exercises, on the learner's own machine or network.
 */
const GROUPS = 'X25519:P-256:P-384';

/** Rejects as `net.Server.listen` does, e.g. with `EADDRINUSE`, or where the certificate's folder cannot be written. */
export async function startTlsListener(options: TlsListenerOptions): Promise<TlsListener> {
  const { gateway, host, port, limits, log } = options;
  const certificate = await loadCertificate(options.dataDir, [host, options.publicHost ?? '']);
  const headTimeout = limits.HEAD_TIMEOUT_SECONDS * 1_000;
  const server = createServer({
    ...certificate,
    ecdhCurve: GROUPS,
    ALPNCallback: (asked) => chooseProtocol(asked, gateway.offersHttp2),
    handshakeTimeout: headTimeout,
    headersTimeout: headTimeout,
    requestTimeout: headTimeout * 2,
    // How often the two above are looked at; Node's own 30 s would let a slow sender stay that much longer.
    connectionsCheckingInterval: Math.min(1_000, headTimeout),
    keepAliveTimeout: 5_000,
    maxHeaderSize: limits.HEAD_MAX_BYTES,
    // The gateway answers a missing Host itself, with its own error body.
    requireHostHeader: false,
    // One side of a tunnel may end before the other.
    allowHalfOpen: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    noDelay: true,
  });
  // Some beyond the gateway's own limit, so that those can still be told 503.
  server.maxConnections = limits.GATEWAY_MAX_CONNECTIONS + 200;

  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => gateway.handleRequest(request, response, 'tls'));
  // An expectation that is unknown may be ignored (RFC 9110 §10.1.1); Node's own 417 would keep the connection.
  server.on('checkExpectation', (request, response) => gateway.handleRequest(request, response, 'tls'));
  // No API has that method: it gets its 404, where Node would end the connection without a word.
  server.on('connect', (request, socket: Duplex, head: Buffer) =>
    gateway.handleUpgrade(request, socket, head, 'tls'),
  );
  server.on('upgrade', (request, socket: Duplex, head: Buffer) =>
    gateway.handleUpgrade(request, socket, head, 'tls'),
  );
  const endHttp2 = serveHttp2(server, gateway, limits);
  server.on('clientError', answerParseError);
  server.on('tlsClientError', (error: Error) => log.debug({ err: error }, 'TLS handshake failed'));

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        endHttp2();
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Milliseconds that a client has to take the answer to a request that is none. */
const LINGER_MS = 2_000;

/**
 * What Node's parser refuses: too large a head, too slow a one, or one that is no HTTP. All else that comes here are failures of the
 * connection itself, a TLS handshake that never ended among them: nobody is there to be told, and only `destroy` ends it.
 */
function answerParseError(error: NodeJS.ErrnoException, socket: Duplex): void {
  const parser = error.code?.startsWith('HPE_') || error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  if (!parser || !socket.writable) return void socket.destroy();
  const [status, moreInformation] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'The request head is too large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'The request was not complete in time']
        : [400, 'The request is no valid HTTP'];
  const response = errorResponse({
    status,
    moreInformation,
    headers: [['Connection', 'close']],
    transactionId: newTransactionId(),
  });
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(linger));
  socket.end(Buffer.concat([headBytes(response), response.body]), () => socket.destroy());
}
