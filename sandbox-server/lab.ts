// The lab without its ports: store, engine, sandboxes, gateway and HTTP interface, wired to each other.
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createVirtualNetwork } from './backend/network.ts';
import { createOwnServers } from './backend/own-server/own-servers.ts';
import { createServerPool, type ServerPool } from './backend/own-server/pool.ts';
import { createDoor } from './checkpoints/door.ts';
import { createExaminer, type Examiner } from './checkpoints/examine.ts';
import { createLiveKeys } from './checkpoints/live-keys.ts';
import { createTrials } from './checkpoints/trial.ts';
import type { Config } from './config.ts';
import { type Compiler, createCompiler } from './gateway/compiler/compiler.ts';
import { compileDefinition } from './gateway/definition/compile.ts';
import { createGateway } from './gateway/gateway.ts';
import { createHeldBytes, type HeldBytes } from './gateway/held-bytes.ts';
import { createElsewhere } from './gateway/target/elsewhere.ts';
import type { Gateway } from './gateway/types.ts';
import { createEngine, type StartedEngine } from './gatewayscript/engine.ts';
import { createApp } from './http/app.ts';
import { createDemo } from './sandboxes/demo.ts';
import { createDirectory, type SandboxDirectory } from './sandboxes/directory.ts';
import type { SandboxParts } from './sandboxes/sandbox.ts';
import { openStore } from './sandboxes/store.ts';

export interface Lab {
  app: ReturnType<typeof createApp>;
  gateway: Gateway;
  engine: StartedEngine;
  servers: ServerPool;
  examiner: Examiner;
  directory: SandboxDirectory;
  /** What the listeners tell of themselves: their ports, and whether all are up. */
  listeners: { page: number; gateway: number; ready: boolean };
  held: HeldBytes;
  /** Ends everything but the listeners: gateway first, store last. */
  close(): Promise<void>;
}

/** Where `npm run build` puts the pages. */
const builtSite = fileURLToPath(new URL('../dist', import.meta.url));

/** How each sandbox is made, by the settings. */
function sandboxParts(
  config: Config,
  held: HeldBytes,
  compiler: Compiler,
  servers: ServerPool,
): SandboxParts {
  // As many as clients may be: a target must not be what limits them.
  const maxConnections = Math.max(config.SANDBOX_MAX_CONNECTIONS, config.DEMO_MAX_CONNECTIONS);
  const elsewhere =
    config.TARGET_ORIGINS.length > 0
      ? createElsewhere({ origins: config.TARGET_ORIGINS, networks: config.TARGET_NETWORKS })
      : undefined;
  return {
    compiler,
    compileNow: (text, name) => compileDefinition(text, name, { targetOrigins: config.TARGET_ORIGINS }),
    createServers: (tell, storage, time) =>
      createOwnServers({ pool: servers, max: config.SERVERS_PER_SANDBOX, tell, storage, time }),
    createNetwork: (tell, own) =>
      createVirtualNetwork({
        onConsole: (port, level, text) => tell({ type: 'server-console', port, level, text }),
        maxConnections,
        held,
        elsewhere,
        servers: own,
      }),
    limits: {
      apis: config.SANDBOX_MAX_APIS,
      definitionBytes: config.SANDBOX_MAX_DEFINITION_BYTES,
      firstUseMs: config.FIRST_USE_SECONDS * 1_000,
      events: {
        events: config.EVENTS_KEPT,
        bytes: config.EVENTS_KEPT_BYTES,
        watchers: config.EVENT_WATCHERS_MAX,
        framesPerSecond: config.EVENT_FRAMES_PER_SECOND_PER_SANDBOX,
      },
    },
  };
}

/** Wires the lab. Throws where the store cannot be opened, or a lesson's definition does not deploy. It ends the compiler with itself. */
export function createLab(
  config: Config,
  log: Logger,
  site = builtSite,
  compiler = createCompiler(config, log),
): Lab {
  const held = createHeldBytes(config.GATEWAY_MAX_WAITING_BYTES);
  const servers = createServerPool(config, held, log);
  const parts = sandboxParts(config, held, compiler, servers);
  const store = openStore(config.DATA_DIR);
  const directory = createDirectory({
    store,
    parts,
    permanent: createDemo(parts, {
      maxConnections: config.DEMO_MAX_CONNECTIONS,
      idleSeconds: config.DEMO_IDLE_SECONDS,
    }),
    max: config.SANDBOX_MAX,
    ttlMs: config.SANDBOX_TTL_HOURS * 3_600_000,
    sweepMs: config.SANDBOX_SWEEP_SECONDS * 1_000,
    log,
  });
  const engine = createEngine(config, log);
  const trials = createTrials(parts);
  const organizations = { find: (name: string) => directory.find(name) ?? trials.find(name) };
  const gateway = createGateway({ engine, directory: organizations, limits: config, log, held });
  const examiner = createExaminer({
    trials,
    door: createDoor(gateway, config),
    keys: createLiveKeys(),
    maxMs: config.CHECK_MS,
    slowMs: config.CHECK_SLOW_MS,
  });
  const listeners = { page: config.PORT, gateway: config.GATEWAY_PORT, ready: false };
  const app = createApp({
    config,
    engine,
    compiler,
    gateway,
    servers,
    directory,
    examiner,
    log,
    site,
    ports: () => listeners,
    ready: () => listeners.ready,
  });

  return {
    app,
    gateway,
    engine,
    servers,
    examiner,
    directory,
    listeners,
    held,
    async close() {
      await gateway.close();
      await directory.close();
      await servers.close();
      await compiler.close();
      await engine.close();
      store.close();
    },
  };
}
