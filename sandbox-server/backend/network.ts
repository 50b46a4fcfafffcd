// The servers of one sandbox, by the ports that a target URL names; what is here never leaves the process.
import type { Duplex } from 'node:stream';
import type { HeldBytes } from '../gateway/held-bytes.ts';
import type { Elsewhere } from '../gateway/target/elsewhere.ts';
import type { VirtualNetwork } from '../gateway/types.ts';
import type { OwnServers } from './own-server/own-servers.ts';
import { refusedConnection } from './refused.ts';
import { createUppercaseServer, type UppercaseServer } from './uppercase.ts';
import { createWire } from './wire.ts';

/** Where the uppercase server is, in every sandbox. */
export const UPPERCASE_PORT = 8091;

export interface NetworkOptions {
  /** A line of the console of the server on `port`. */
  onConsole(port: number, level: 'log' | 'error', text: string): void;
  /** Open connections to all servers of the sandbox together; beyond, a connection is refused. */
  maxConnections?: number;
  /** Servers outside that targets may name. */
  elsewhere?: Elsewhere | undefined;
  /** As the servers’ own option. */
  held?: HeldBytes;
  /** The learner’s own: where one is deployed, it has the port. */
  servers?: OwnServers;
}

export interface SandboxNetwork extends VirtualNetwork {
  connections(): number;
  close(): Promise<void>;
}

/** A network with the uppercase server on port 8091, started by its first connection. */
export function createVirtualNetwork(options: NetworkOptions): SandboxNetwork {
  const { onConsole, maxConnections = 2_000, held, elsewhere } = options;
  const builtIn = new Map<number, UppercaseServer>();
  const wires = new Set<Duplex>();

  function builtInServer(port: number): UppercaseServer {
    if (port !== UPPERCASE_PORT) throw refusedConnection(port, 'has no server');
    const known = builtIn.get(port);
    if (known) return known;
    const server = createUppercaseServer({
      onConsole: (level, text) => onConsole(port, level, text),
      maxConnections,
      ...(held ? { held } : {}),
    });
    builtIn.set(port, server);
    return server;
  }

  function connect(port: number): Duplex {
    if (wires.size >= maxConnections) throw refusedConnection(port, 'has too many connections');
    const [client, far] = createWire();
    if (!options.servers?.accept(port, far)) builtInServer(port).accept(far);
    wires.add(client);
    client.once('close', () => wires.delete(client));
    return client;
  }
  options.servers?.join({ connect });

  return {
    ...(elsewhere && { elsewhere }),
    ...(held && { held }),
    connect,
    connections: () => wires.size,
    async close() {
      await Promise.all([options.servers?.close(), ...[...builtIn.values()].map((server) => server.close())]);
      builtIn.clear();
      for (const wire of wires) wire.destroy();
    },
  };
}
