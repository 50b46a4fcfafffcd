// A way into the gateway inside this process: the lab's own clients come by it as others come by the TLS port.
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWire } from '../backend/wire.ts';
import type { GatewayLimits } from '../gateway/limits.ts';
import type { Gateway } from '../gateway/types.ts';

export interface Door {
  /** A fresh connection; the client's end of it. */
  open(): Duplex;
  /** The gateway ends its connections, since the lab stops. */
  readonly closing: boolean;
}

/** It listens on no port, so there is nothing to close: a connection ends with its client. */
export function createDoor(gateway: Gateway, limits: Pick<GatewayLimits, 'HEAD_MAX_BYTES'>): Door {
  // No times for a head: Node looks at them only in a server that listens, and a client of the lab ends with its check.
  const server = createServer({
    maxHeaderSize: limits.HEAD_MAX_BYTES,
    // The gateway answers a missing Host itself.
    requireHostHeader: false,
  });
  server.on('request', (request, response) => gateway.handleRequest(request, response, 'tls'));
  server.on('upgrade', (request, socket, head) => gateway.handleUpgrade(request, socket, head, 'tls'));
  server.on('clientError', (_error, socket) => socket.destroy());
  return {
    get closing() {
      return gateway.closing;
    },
    open() {
      const [client, end] = createWire();
      client.on('error', () => {});
      end.on('error', () => {});
      server.emit('connection', end);
      return client;
    },
  };
}
