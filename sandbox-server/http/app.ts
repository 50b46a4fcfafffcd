// The HTTP interface as one application: what every request passes, and then the routes, one file a resource.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import type { ServerPool } from '../backend/own-server/pool.ts';
import type { Examiner } from '../checkpoints/examine.ts';
import type { Config } from '../config.ts';
import type { Compiler } from '../gateway/compiler/compiler.ts';
import type { Gateway } from '../gateway/types.ts';
import type { Engine } from '../gatewayscript/types.ts';
import type { SandboxDirectory } from '../sandboxes/directory.ts';
import { pageHost } from './address.ts';
import { apiRoutes } from './apis.ts';
import { checkpointRoutes } from './checkpoints.ts';
import { createDeploymentIntake } from './deployment.ts';
import { embeddedRuns } from './embedded-runs.ts';
import type { LabEnvironment } from './environment.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { describeInterface } from './openapi.ts';
import { ownOrigin } from './origin.ts';
import { ownHost } from './own-host.ts';
import { probeRoutes } from './probes.ts';
import { Problem, problemOf, unforeseen } from './problem.ts';
import { productRoutes } from './products.ts';
import { createRateLimit } from './rate-limit.ts';
import { requestLog } from './request-log.ts';
import { runRoutes } from './runs.ts';
import { sandboxRoutes } from './sandboxes.ts';
import { serverRoutes } from './servers.ts';
import { settingsRoutes } from './settings.ts';
import { siteRoutes } from './site.ts';
import { terminalRoutes } from './terminal.ts';
import { discardUnreadBody } from './unread-body.ts';
import { urlBase } from './urls.ts';
import { onValidation } from './validation.ts';

export interface AppParts {
  config: Config;
  engine: Engine;
  compiler: Pick<Compiler, 'stats'>;
  gateway: Pick<Gateway, 'stats'>;
  servers: Pick<ServerPool, 'stats'>;
  directory: SandboxDirectory;
  examiner: Examiner;
  log: Logger;
  /** Folder of the built pages. */
  site: string;
  /** The ports that the listeners have, which with a configured 0 are known only when they are up. */
  ports(): { page: number; gateway: number };
  ready(): boolean;
}

/** All routes. Tests call `app.request(path, init)`; the server puts it behind a listener. */
export function createApp(parts: AppParts): OpenAPIHono<LabEnvironment> {
  const { config, engine, compiler, gateway, servers, directory, log } = parts;
  const trustProxy = config.TRUST_PROXY;
  const publicHost = config.PUBLIC_HOST;

  const baseOf = (c: Context<LabEnvironment>) => {
    const { page, gateway: gatewayPort } = parts.ports();
    return urlBase({ ...pageHost(c, trustProxy), publicHost, pagePort: page, gatewayPort });
  };

  const gatewayAddress = () => ({ host: loopbackOf(config.HOST), port: parts.ports().gateway });

  const app = new OpenAPIHono<LabEnvironment>({ defaultHook: onValidation });
  app.use(requestLog(log, trustProxy));
  app.use(discardUnreadBody);
  // Transport security is the operator's proxy to promise; a page may keep its own policy.
  app.use(secureHeaders({ strictTransportSecurity: false, xXssProtection: false, overwrite: false }));
  app.use(ownHost({ host: config.HOST, trustProxy, publicHost }));
  // Where both lists are empty, as they are by default, no other site may read an answer.
  const allowed = config.ALLOWED_ORIGINS;
  app.use('/api/runs', embeddedRuns({ trustProxy, publicHost, allowed, embed: config.EMBED_ORIGINS }));
  if (allowed.length > 0) app.use('/api/*', cors({ origin: allowed, exposeHeaders: ['Retry-After'] }));
  app.use(ownOrigin({ trustProxy, publicHost, allowed }));

  app.route(
    '/',
    runRoutes({
      engine,
      directory,
      trustProxy,
      perAddress: createRateLimit('runs', config.RUNS_PER_MINUTE),
      embedded: createRateLimit('runs from pages of other sites', config.EMBED_RUNS_PER_MINUTE),
      perSandbox: createRateLimit('runs of one sandbox', config.RUNS_PER_MINUTE_PER_SANDBOX),
      maxScriptBytes: config.SCRIPT_MAX_BYTES,
      maxBodyBytes: config.RUN_BODY_MAX_BYTES,
      limits: config,
    }),
  );
  const creations = createRateLimit('new sandboxes', config.SANDBOXES_PER_MINUTE);
  app.route('/', sandboxRoutes({ directory, creations, trustProxy, baseOf }));
  const intake = createDeploymentIntake({
    maxBytes: config.DEFINITION_MAX_BYTES,
    maxBodyBytes: config.DEFINITION_BODY_MAX_BYTES,
    perAddress: createRateLimit('deployments', config.DEPLOYMENTS_PER_MINUTE),
    perSandbox: createRateLimit('deployments to one sandbox', config.DEPLOYMENTS_PER_MINUTE_PER_SANDBOX),
    trustProxy,
  });
  app.route('/', apiRoutes({ directory, intake, baseOf }));
  app.route('/', productRoutes({ directory, intake }));
  app.route('/', serverRoutes({ directory, intake, maxBytes: config.SERVER_MAX_BYTES }));
  app.route('/', settingsRoutes({ directory, intake, maxBytes: config.SETTINGS_MAX_BYTES }));
  app.route(
    '/',
    probeRoutes({
      directory,
      perSandbox: createRateLimit('probes of one sandbox', config.PROBES_PER_MINUTE_PER_SANDBOX),
      maxBodyBytes: config.PROBE_BODY_MAX_BYTES,
      atOnce: config.PROBES_AT_ONCE,
      maxMs: config.PROBE_MS,
      endpoint: (organization) => ({
        ...gatewayAddress(),
        // The name by which the gateway knows the sandbox before it has read a path.
        servername: `${organization}.localhost`,
      }),
    }),
  );
  app.route(
    '/',
    checkpointRoutes({
      examiner: parts.examiner,
      directory,
      trustProxy,
      perAddress: createRateLimit('checks', config.CHECKS_PER_MINUTE),
      perSandbox: createRateLimit('checks of one sandbox', config.CHECKS_PER_MINUTE_PER_SANDBOX),
      maxBodyBytes: config.CHECK_BODY_MAX_BYTES,
      atOnce: config.CHECKS_AT_ONCE,
      waiting: config.CHECKS_WAITING,
    }),
  );
  app.route('/', eventRoutes({ directory, maxWaitingBytes: config.EVENT_WATCHER_MAX_BYTES }));
  app.route(
    '/',
    terminalRoutes({
      directory,
      baseOf,
      gateway: gatewayAddress,
      perSandbox: createRateLimit('lines run in one sandbox', config.TERMINAL_RUNS_PER_MINUTE),
      limits: {
        inputBytes: config.TERMINAL_INPUT_MAX_BYTES,
        runMs: config.TERMINAL_RUN_SECONDS * 1_000,
        idleMs: config.TERMINAL_IDLE_SECONDS * 1_000,
      },
      maxOfSandbox: config.TERMINALS_MAX_PER_SANDBOX,
      max: config.TERMINALS_MAX,
      intake,
      messages: { lineChars: config.TERMINAL_LINE_MAX_CHARS, fileBytes: config.SERVER_MAX_BYTES },
      maxWaitingBytes: config.TERMINAL_OUTPUT_MAX_BYTES,
      maxMessageBytes: config.MESSAGE_MAX_BYTES,
      log,
    }),
  );
  app.route('/', healthRoutes({ engine, compiler, gateway, servers, directory, ready: parts.ready }));
  describeInterface(app);

  app.all('/api/*', (c) => {
    const hint = 'GET /openapi.json lists what there is.';
    throw new Problem(404, 'not-found', `There is no ${c.req.method} ${c.req.path}.`, hint);
  });
  app.route('/', siteRoutes(parts.site));

  app.notFound((c) => {
    const hint = 'The pages are read with GET; the HTTP interface is under /api.';
    const problem = new Problem(404, 'not-found', `There is no ${c.req.method} ${c.req.path}.`, hint);
    return c.json(problem.body(), 404);
  });
  app.onError((error, c) => {
    const problem = problemOf(error) ?? unforeseen;
    if (problem === unforeseen) log.error({ err: error, path: c.req.path }, 'unforeseen error');
    return c.json(problem.body(), problem.status, problem.headers);
  });
  return app;
}

/** The address by which this machine reaches a listener that is bound to all interfaces. */
function loopbackOf(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
