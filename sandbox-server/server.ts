// The lab on its three ports: opens them, says where they are, and takes all down again in order.
import type { Logger } from 'pino';
import { createUppercaseServer } from './backend/uppercase.ts';
import type { Config } from './config.ts';
import { startTlsListener } from './gateway/listener.ts';
import { listen, opening } from './http/listen.ts';
import { createPageListener } from './http/listener.ts';
import { createLab, type Lab } from './lab.ts';
import { createLog } from './log.ts';
import { DEMO } from './sandboxes/demo.ts';

export interface RunningServer {
  ports: { page: number; gateway: number; backend: number };
  /** Where a reader goes: the page, approach 1 over TLS, the demo's uppercase server. */
  urls: { page: string; gateway: string; backend: string };
  lab: Lab;
  /** Tells open connections, waits for what runs, at most the seconds of DRAIN_SECONDS, then ends all. Called twice, it is done once. */
  close(): Promise<void>;
}

export interface ServerOptions {
  log?: Logger;
  /** Folder of the built pages. */
  site?: string;
}

/** The host for URLs: one that can be typed, where the listeners are bound to loopback or to all interfaces. */
function hostOf(config: Config): string {
  if (config.PUBLIC_HOST !== undefined) return config.PUBLIC_HOST;
  const local = new Set(['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::']);
  if (local.has(config.HOST)) return 'localhost';
  return config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
}

/** Resolves when the work is done or the time is over, whichever is first. */
async function within(seconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1_000);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

/**
 * Starts all and resolves when the three listeners are up and scripts can run. Throws `PortUnavailable` for one that cannot be opened, and then
 * leaves nothing behind.
 */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog(config.LOG_LEVEL);
  const lab = createLab(config, log, options.site);
  const { gateway, listeners, directory } = lab;
  const page = createPageListener({
    app: lab.app,
    gateway,
    headMaxBytes: config.HEAD_MAX_BYTES,
    headTimeoutSeconds: config.HEAD_TIMEOUT_SECONDS,
    maxConnections: config.GATEWAY_MAX_CONNECTIONS,
    pingSeconds: config.EVENT_WATCHER_PING_SECONDS,
    textMaxBytes: config.SERVER_MAX_BYTES,
  });
  const backend = createUppercaseServer({
    held: lab.held,
    onConsole: (level, text) =>
      directory.permanent.events.emit(null, { type: 'server-console', port: ports.backend, level, text }),
  });
  let tls: Awaited<ReturnType<typeof startTlsListener>> | undefined;
  const ports = { page: 0, gateway: 0, backend: 0 };

  async function takeDown(): Promise<void> {
    listeners.ready = false;
    // The page's port stops listening at once; the tunnels end in the gateway, and only then are their sockets cut.
    await within(config.DRAIN_SECONDS, Promise.all([page.close(), gateway.close(), backend.close()]));
    page.end();
    await tls?.close();
    await lab.close();
  }
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= takeDown();
    return closing;
  };

  const { HOST, PORT, GATEWAY_PORT, BACKEND_PORT } = config;
  try {
    ports.page = await opening(PORT, HOST, 'PORT', () => listen(page.server, PORT, HOST));
    tls = await opening(GATEWAY_PORT, HOST, 'GATEWAY_PORT', () =>
      startTlsListener({
        gateway,
        host: HOST,
        port: GATEWAY_PORT,
        dataDir: config.DATA_DIR,
        publicHost: config.PUBLIC_HOST,
        limits: config,
        log,
      }),
    );
    ports.gateway = tls.port;
    const address = await opening(BACKEND_PORT, HOST, 'BACKEND_PORT', () =>
      backend.listen(BACKEND_PORT, HOST),
    );
    ports.backend = address.port;
    // The first to press Run should find workers: the URLs are told when there are some.
    await lab.engine.ready;
  } catch (error) {
    await close();
    throw error;
  }
  Object.assign(listeners, { page: ports.page, gateway: ports.gateway, ready: true });

  const host = hostOf(config);
  const urls = {
    page: `http://${host}:${ports.page}/`,
    gateway: `wss://${host}:${ports.gateway}/${DEMO}/sandbox/websocket-upgrade`,
    backend: `ws://${host}:${ports.backend}/`,
  };
  return { ports, urls, lab, close };
}
