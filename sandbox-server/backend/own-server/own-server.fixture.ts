// What the tests of learners' servers share: a network with their servers, clients of them, and what was told.
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { readConfig } from '../../config.ts';
import type { ServerEvent } from '../../gateway/events.ts';
import { createHeldBytes } from '../../gateway/held-bytes.ts';
import { createVirtualNetwork } from '../network.ts';
import type { LabTime } from './lab-time.ts';
import { createOwnServers, type ServerStorage } from './own-servers.ts';
import { createServerPool, type ServerPool } from './pool.ts';

/** A client that keeps all it gets, so that nothing is missed between two waits. */
export interface TestClient {
  socket: WebSocket;
  /** The next message, as text. Rejects where the connection ends first. */
  next(): Promise<string>;
  /** `1000 reason`, of the end. */
  closed: Promise<string>;
}

export function testClient(socket: WebSocket): TestClient {
  const messages: string[] = [];
  const waiting: PromiseWithResolvers<string>[] = [];
  socket.on('message', (data) => {
    const next = waiting.shift();
    if (next) next.resolve(String(data));
    else messages.push(String(data));
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${reason}`.trim()));
  });
  void closed.then((how) => {
    for (const { reject } of waiting) reject(new Error(`closed: ${how}`));
  });
  return {
    socket,
    closed,
    next() {
      const [first] = messages;
      if (first !== undefined) return Promise.resolve(messages.shift() ?? first);
      const next = Promise.withResolvers<string>();
      waiting.push(next);
      return next.promise;
    },
  };
}

/** A pool that ends with the test. */
export function testPool(settings: Record<string, string> = {}) {
  const config = readConfig({ SERVER_THREADS: '1', ...settings });
  const pool = createServerPool(config, createHeldBytes(config.GATEWAY_MAX_WAITING_BYTES), {
    error() {},
  });
  onTestFinished(() => pool.close());
  return { pool };
}

type TestClientOptions = Omit<ClientOptions, 'createConnection'>;

/** The servers of one sandbox behind their network. */
export function testServers(
  pool: ServerPool,
  storage: ServerStorage = { stored: [], put() {}, remove() {} },
  max = 3,
  time?: LabTime,
) {
  const told: ServerEvent[] = [];
  const watchers = new Set<() => void>();
  const servers = createOwnServers({
    pool,
    max,
    storage,
    time,
    tell(event) {
      told.push(event);
      for (const look of watchers) look();
    },
  });
  const network = createVirtualNetwork({ onConsole() {}, servers });
  onTestFinished(() => network.close());
  return {
    servers,
    network,
    told,
    /** Lines of the console. */
    lines: () =>
      told.flatMap((event) => (event.type === 'server-console' ? [`${event.level} ${event.text}`] : [])),
    crashes: () => told.flatMap((event) => (event.type === 'server-crashed' ? [event] : [])),
    /** Resolves as soon as that is so, looked at after each event. */
    until(isSo: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (!isSo()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      });
    },
    async deploy(script: string, port = 8091) {
      const refusal = await servers.deploy(port, script);
      if (refusal) throw new Error(`line ${refusal.error.line}: ${refusal.error.message}`);
    },
    client(
      options: TestClientOptions & { path?: string; protocols?: string[]; port?: number } = {},
    ): TestClient {
      const { path = '/', protocols = [], port = 8091, ...more } = options;
      const createConnection = () => network.connect(port);
      return testClient(new WebSocket(`ws://backend${path}`, protocols, { createConnection, ...more }));
    },
  };
}
