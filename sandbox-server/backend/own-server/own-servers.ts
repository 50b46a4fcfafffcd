// The servers that a learner has deployed in one sandbox, by port.
import type { Duplex } from 'node:stream';
import type { ServerEvent } from '../../gateway/events.ts';
import { refusedConnection } from '../refused.ts';
import {
  createDeployedServer,
  type DeployedServer,
  type Foreground,
  type Refusal,
  type ServerInfo,
} from './deployed.ts';
import type { LabTime } from './lab-time.ts';
import type { Reach } from './outgoing.ts';
import type { ServerPool } from './pool.ts';

export class TooManyServers extends Error {
  constructor(max: number) {
    super(`This sandbox has ${max} servers, and may have no more.`);
    this.name = 'TooManyServers';
  }
}

export class ServerUnknown extends Error {
  constructor(port: number) {
    super(`This sandbox has no server of yours on port ${port}.`);
    this.name = 'ServerUnknown';
  }
}

export interface OwnServers {
  /** Starts a script on a port in the place of the one before. Rejects with `TooManyServers` and `ServersFull`. */
  deploy(port: number, script: string, foreground?: Foreground): Promise<Refusal>;
  /** Its clients are told 1001. Rejects with `ServerUnknown`. */
  remove(port: number): Promise<void>;
  /** The same as when a process dies: its clients are told nothing. */
  kill(port: number): Promise<void>;
  /** As it was deployed last; `null` where there is none. */
  scriptOf(port: number): string | null;
  /** By port. */
  list(): ServerInfo[];
  /** Serves a byte stream. @returns whether the port is one of theirs. Throws `ECONNREFUSED` where the server there does not listen. */
  accept(port: number, stream: Duplex): boolean;
  /** From now on their scripts can connect to the servers of this network. */
  join(network: Reach): void;
  close(): Promise<void>;
}

/** What the servers outlive a restart of the lab with. */
export interface ServerStorage {
  stored: readonly { port: number; script: string }[];
  put(port: number, script: string): void;
  remove(port: number): void;
}

export interface OwnServersOptions {
  pool: ServerPool;
  max: number;
  tell(event: ServerEvent): void;
  storage: ServerStorage;
  /** In which their scripts live; the clock's if not given. */
  time?: LabTime | undefined;
}

export function createOwnServers({ pool, max, tell, storage, time }: OwnServersOptions): OwnServers {
  const servers = new Map<number, DeployedServer>();
  const owner = {};
  let network: Reach | null = null;
  const reach: Reach = {
    connect(port) {
      if (!network) throw refusedConnection(port, 'cannot be reached yet');
      return network.connect(port);
    },
  };
  const made = (port: number, script: string | null) =>
    createDeployedServer({ port, script, pool, owner, reach, time, tell });
  for (const { port, script } of storage.stored) servers.set(port, made(port, script));

  function take(port: number): DeployedServer {
    const server = servers.get(port);
    if (!server) throw new ServerUnknown(port);
    storage.remove(port);
    servers.delete(port);
    return server;
  }

  return {
    async deploy(port, script, foreground) {
      const known = servers.get(port);
      if (!known && servers.size >= max) throw new TooManyServers(max);
      const server = known ?? made(port, null);
      // Taken at once, so that two deployments at a time are no more than may be.
      servers.set(port, server);
      try {
        const refusal = await server.deploy(script, foreground);
        if (!refusal) storage.put(port, script);
        else if (!known) servers.delete(port);
        return refusal;
      } catch (error) {
        if (!known) servers.delete(port);
        throw error;
      }
    },
    remove: async (port) => take(port).stop('It was taken away. Its clients are told 1001.', 1001),
    kill: async (port) =>
      take(port).stop('Ctrl-C ended it. Its clients see 1006: no Close frame comes.', null),
    scriptOf: (port) => servers.get(port)?.script ?? null,
    list: () => [...servers.values()].map((server) => server.info()).sort((a, b) => a.port - b.port),
    accept(port, stream) {
      const server = servers.get(port);
      server?.accept(stream);
      return server !== undefined;
    },
    join(joined) {
      network = joined;
    },
    async close() {
      const stopping = [...servers.values()].map((server) => server.stop('The sandbox is gone.', 1001));
      servers.clear();
      await Promise.all(stopping);
    },
  };
}
