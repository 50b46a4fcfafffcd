// Every port and limit of the server, in one typed object, read once from the environment.
import { cpus } from 'node:os';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().positive();

/** Name, unit and default of each setting. `0` as a port means any free one. */
const environment = z.object({
  /** Interface that all listeners bind. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** The page, the HTTP interface, and the gateway for browsers at `/gateway`. */
  PORT: port.default(4321),
  /** The gateway's TLS listener. */
  GATEWAY_PORT: port.default(9443),
  /** The uppercase server of the organization `demo`, plain `ws`. */
  BACKEND_PORT: port.default(8091),
  /** Folder for the sandboxes' database and the certificate. */
  DATA_DIR: z.string().min(1).default('data'),
  /** Host name in the URLs that are handed out; default is the one of the request, or `localhost`. */
  PUBLIC_HOST: z.string().min(1).optional(),
  /** Least level that is logged: `fatal`, `error`, `warn`, `info`, `debug`, `trace`, `silent`. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  /** Worker threads that run scripts. Spare ones keep endless loops from stopping the others. */
  SCRIPT_WORKERS: count.default(Math.max(4, cpus().length)),
  /** Milliseconds of wall time that a script may take, its callbacks included. */
  SCRIPT_DEADLINE_MS: count.default(250),
  /** Bytes of script source; above is 413. */
  SCRIPT_MAX_BYTES: count.default(65_536),
  /** MiB of memory for the guest of one worker. */
  SCRIPT_MEMORY_MIB: count.default(64),
  /** Runs that wait for a worker; above is 429. */
  SCRIPT_QUEUE: count.default(400),
  /** Characters of console text a run; more is cut and said to be. */
  CONSOLE_MAX_CHARS: count.default(65_536),
  /** Entries of console and of trace a run, each. */
  CONSOLE_MAX_ENTRIES: count.default(500),

  /** Sandboxes that may exist at once. */
  SANDBOX_MAX: count.default(1_000),
  /** Hours after its last use when a sandbox is forgotten. */
  SANDBOX_TTL_HOURS: count.default(24),
  /** Definitions a sandbox may have. */
  SANDBOX_MAX_APIS: count.default(20),
  /** Open connections of one sandbox. */
  SANDBOX_MAX_CONNECTIONS: count.default(50),
  /** Bytes of an API definition; above is 413. */
  DEFINITION_MAX_BYTES: count.default(1_048_576),
  /** Events that a sandbox keeps. */
  EVENTS_KEPT: count.default(500),
  /** Bytes of a frame's payload that an event carries. */
  EVENT_PAYLOAD_BYTES: count.default(1_024),

  /** New sandboxes per address and minute. A room of 200 may sit behind one address. */
  SANDBOXES_PER_MINUTE: count.default(250),
  /** Runs per address and minute. */
  RUNS_PER_MINUTE: count.default(6_000),
  /** Runs per sandbox and minute. */
  RUNS_PER_MINUTE_PER_SANDBOX: count.default(120),

  /** Bytes of a request's head at the gateway. */
  HEAD_MAX_BYTES: count.default(16_384),
  /** Seconds that a client has for its request's head. */
  HEAD_TIMEOUT_SECONDS: count.default(10),
  /** Bytes of a request's body at the gateway. */
  BODY_MAX_BYTES: count.default(1_048_576),
  /** Open connections of the whole gateway. */
  GATEWAY_MAX_CONNECTIONS: count.default(12_000),
  /** Seconds that open connections have to end when the server stops. */
  DRAIN_SECONDS: count.default(3),
});

export type Config = z.output<typeof environment>;

/** Reads the settings; throws with one sentence per wrong setting, which names it. */
export function readConfig(from: Record<string, string | undefined>): Config {
  const result = environment.safeParse(from);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
