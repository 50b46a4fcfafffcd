// The emulated gateway: one front for both ports, the TLS listener's and the page's.
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Engine } from '../gatewayscript/types.ts';
import { createJsonataProcess } from './assembly/condition/jsonata-process.ts';
import { createConnections } from './connections.ts';
import { plainExchange, upgradeExchange } from './exchange.ts';
import { parseAddress } from './handshake/routing.ts';
import type { HeldBytes } from './held-bytes.ts';
import { http2Exchange, refuseHttp2 } from './http2-exchange.ts';
import type { GatewayLimits } from './limits.ts';
import { type ServeParts, serve } from './serve.ts';
import type { Gateway, OrganizationDirectory } from './types.ts';

export interface GatewayParts {
  directory: OrganizationDirectory;
  engine: Engine;
  limits: GatewayLimits;
  log: Pick<Logger, 'info' | 'error'>;
  /** What waits in connections is on its accounts, beside what waits in the servers behind them. */
  held: HeldBytes;
}

/** A gateway without ports of its own; what is handed to it is answered by it. Neither handler throws. */
export function createGateway({ directory, engine, limits, log, held }: GatewayParts): Gateway {
  const connections = createConnections({
    total: limits.GATEWAY_MAX_CONNECTIONS,
    perOrganization: limits.SANDBOX_MAX_CONNECTIONS,
  });
  /** By status; there are at most 500 of them. */
  const handshakes: Record<string, number> = {};
  const conditions = createJsonataProcess(limits);
  const parts: ServeParts = {
    directory,
    engine,
    limits,
    log,
    held,
    conditions,
    connections,
    onHandshake(status) {
      handshakes[status] = (handshakes[status] ?? 0) + 1;
    },
  };

  /**
   * A connection has one request: its answer ends it. One sent right behind it would run its assembly for an answer that nobody gets,
   * and one for an upgrade would share its bytes with the first answer.
   */
  const begun = new WeakSet<Duplex>();
  function isFirst(connection: Duplex): boolean {
    if (begun.has(connection)) return false;
    begun.add(connection);
    return true;
  }

  let closing = false;

  const offersHttp2 = (organization: string) => directory.find(organization)?.settings.http2 ?? false;

  return {
    handleRequest(request, response, listener) {
      if (!isFirst(request.socket)) return void request.resume();
      void serve(plainExchange(request, response, held), listener, parts);
    },
    handleUpgrade(request, socket, head, listener) {
      // Nobody else reads it now, and its end must be seen.
      if (!isFirst(socket)) return void socket.resume();
      void serve(upgradeExchange(request, socket, head, held), listener, parts);
    },
    handleHttp2(request, response) {
      const address = parseAddress(request.url);
      if (!offersHttp2(address?.organization ?? '')) return refuseHttp2(request);
      const requestMs = 2 * limits.HEAD_TIMEOUT_SECONDS * 1_000;
      void serve(http2Exchange(request, response, requestMs, held), 'tls', parts);
    },
    offersHttp2,
    stats: () => ({ connections: connections.total(), handshakes: { ...handshakes } }),
    get closing() {
      return closing;
    },
    async close() {
      closing = true;
      await connections.close(limits.DRAIN_SECONDS * 1_000);
      await conditions.close();
    },
  };
}
