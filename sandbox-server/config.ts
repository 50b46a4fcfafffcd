// Every port and limit of the server, in one typed object, read once from the environment.
import { cpus } from 'node:os';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().positive();
const names = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text;

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
  /** Whether a proxy in front is trusted: `X-Forwarded-For`, `-Proto` and `-Host` are then believed. */
  TRUST_PROXY: z.stringbool().default(false),
  /** Origins of other sites that may use the HTTP interface from a browser, with commas between; none by default. */
  ALLOWED_ORIGINS: names,
  /** Origins of other sites whose pages may run scripts with `embed.js`, with commas between, or `*` for all; none by default. */
  EMBED_ORIGINS: names.refine(
    (origins) => origins.every((origin) => origin === '*' || isOrigin(origin)),
    'expected origins such as https://blog.example.com, in lower case and without a path, with commas between, or *',
  ),
  /** Origins of servers outside the lab that targets may name, `https://api.example.com`, with commas between; none by default. */
  TARGET_ORIGINS: names.refine(
    (origins) => origins.every(isOrigin),
    'expected origins such as https://api.example.com, in lower case and without a path, with commas between',
  ),
  /** Private networks that such servers may be in, `10.1.0.0/16`, with commas between; none by default. */
  TARGET_NETWORKS: names.refine(
    (networks) => networks.every((network) => ipaddr.isValidCIDR(network)),
    'expected networks such as 10.1.0.0/16, with commas between',
  ),
  /** Least level that is logged: `fatal`, `error`, `warn`, `info`, `debug`, `trace`, `silent`. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),

  /** Worker threads that run scripts. Spare ones keep endless loops, and scripts that only wait, from stopping the others. */
  SCRIPT_WORKERS: count.default(Math.max(8, 2 * cpus().length)),
  /** Milliseconds of processor time that a script may take, its callbacks included. */
  SCRIPT_DEADLINE_MS: count.default(150),
  /** Milliseconds until a script's outcome on the clock, waiting for timers included; where it is less than the deadline, the deadline counts. */
  SCRIPT_WALL_MS: count.default(800),
  /** Bytes of script source; above is 413. */
  SCRIPT_MAX_BYTES: count.default(65_536),
  /** Bytes of the body of a run's request: a script of the greatest size, escaped as JSON may, and its message; above is 413. */
  RUN_BODY_MAX_BYTES: count.default(1_048_576),
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
  /** Definitions a sandbox may have, and as many products. */
  SANDBOX_MAX_APIS: count.default(20),
  /** Bytes of the definitions of one sandbox together; its products may take as many. */
  SANDBOX_MAX_DEFINITION_BYTES: count.default(4_194_304),
  /** Open connections of one sandbox. */
  SANDBOX_MAX_CONNECTIONS: count.default(50),
  /** Open connections of the organization `demo`, which all readers share. */
  DEMO_MAX_CONNECTIONS: count.default(2_000),
  /** Seconds that a WebSocket connection of `demo` may be silent, so that forgotten ones do not keep its places; `0` is for ever. */
  DEMO_IDLE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(600),
  /** Bytes of an API definition, or of a product file; above is 422, with the line in which the limit is passed. */
  DEFINITION_MAX_BYTES: count.default(262_144),
  /** Bytes of the body that deploys one, as far as it is read to name that line; above is 413. */
  DEFINITION_BODY_MAX_BYTES: count.default(4_194_304),
  /** Milliseconds of processor time that compiling an API definition or a product may take; then its thread is replaced. */
  COMPILE_DEADLINE_MS: count.default(2_000),
  /** API definitions and products that wait to be compiled; above is 429. One sandbox has three quarters of the places at most. */
  COMPILE_QUEUE: count.default(400),
  /** Seconds that requests to a sandbox wait, at its first use after a restart, until what it had deployed is compiled; then they get 503. */
  FIRST_USE_SECONDS: count.default(20),
  /** Bytes of the settings of a sandbox's gateway; above is 413. */
  SETTINGS_MAX_BYTES: count.default(4_096),
  /** Events that a sandbox keeps; of frames and console lines the oldest go first, but for a fifth of the places. */
  EVENTS_KEPT: count.default(500),
  /** Bytes that the kept events of a sandbox take, about; the oldest go first. */
  EVENTS_KEPT_BYTES: count.default(2_097_152),
  /** Bytes of a frame's payload that an event carries. */
  EVENT_PAYLOAD_BYTES: count.default(1_024),
  /** Frames a second and direction that a connection tells as events; more are counted. */
  EVENT_FRAMES_PER_SECOND: count.default(1_000),
  /** Frames a second that all connections of a sandbox tell together, beyond the first ones of each; more are counted. */
  EVENT_FRAMES_PER_SECOND_PER_SANDBOX: count.default(1_000),
  /** Frames a direction that a connection tells at its beginning while nobody watches; later ones are counted, but for Close frames. */
  EVENT_FRAMES_UNWATCHED: count.default(50),
  /** Changes of the context that the end of a policy tells; more are counted. */
  EVENT_CONTEXT_CHANGES: count.default(30),
  /** Characters of a value of the context that such a change shows, before and after. */
  EVENT_CONTEXT_CHARACTERS: count.default(256),
  /** Variables of the context that are looked at for such changes, before a policy and after it. */
  EVENT_CONTEXT_VARIABLES: count.default(500),
  /** Sockets that watch the events of one sandbox. */
  EVENT_WATCHERS_MAX: count.default(20),
  /** Bytes that may wait for a slow watcher; above, it is closed with 1013. */
  EVENT_WATCHER_MAX_BYTES: count.default(8_388_608),
  /** Seconds between pings to watchers; one that did not answer the last is ended. */
  EVENT_WATCHER_PING_SECONDS: count.default(30),
  /** Seconds between looks for forgotten sandboxes, when also the times of last use are written down. */
  SANDBOX_SWEEP_SECONDS: count.default(60),

  /** New sandboxes per address and minute. A room of 200 may sit behind one address. */
  SANDBOXES_PER_MINUTE: count.default(250),
  /** Runs per address and minute. */
  RUNS_PER_MINUTE: count.default(6_000),
  /** Runs per address and minute that pages of other sites ask for; they count among the others too. */
  EMBED_RUNS_PER_MINUTE: count.default(600),
  /** Runs per sandbox and minute. */
  RUNS_PER_MINUTE_PER_SANDBOX: count.default(120),
  /** Deployments of definitions and products per address and minute. Each started 10 kB of a definition counts as one, since compiling takes the time. */
  DEPLOYMENTS_PER_MINUTE: count.default(2_000),
  /** Deployments per sandbox and minute, counted likewise. */
  DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: count.default(200),

  /** Threads that learners' own WebSocket servers share. */
  SERVER_THREADS: count.default(4),
  /** Servers of learners that run at once; beyond, one without clients rests until its next client. */
  SERVERS_MAX: count.default(250),
  /** Servers that a sandbox may have. */
  SERVERS_PER_SANDBOX: count.default(3),
  /** Bytes of a server's script; above is 413. */
  SERVER_MAX_BYTES: count.default(65_536),
  /** MiB of memory of one server, at least 16; beyond, it crashes. */
  SERVER_MEMORY_MIB: count.min(16).default(16),
  /** Milliseconds of processor time that one event of a server may take; beyond, it crashes. */
  SERVER_EVENT_MS: count.default(150),
  /** Milliseconds of processor time that a server has a second when it has much to do; beyond, it waits. */
  SERVER_CPU_MS_PER_SECOND: count.default(250),
  /** Open connections of one server; beyond, a handshake gets 503. */
  SERVER_MAX_CLIENTS: count.default(50),
  /** Timers of one server that may wait at once. */
  SERVER_MAX_TIMERS: count.default(200),
  /** Connections that a server's script may have open itself, to servers of its sandbox; at the next it throws. */
  SERVER_MAX_OUTGOING: count.default(20),
  /** Connections that a server's script may open a second; beyond, they are refused. */
  SERVER_CONNECTS_PER_SECOND: count.default(50),
  /** Bytes of a message to a server; a longer one ends the connection with 1009. */
  SERVER_MESSAGE_MAX_BYTES: count.default(1_048_576),
  /** Bytes of a server that may wait for one client; beyond, the client is cut off. */
  SERVER_CLIENT_QUEUE_BYTES: count.default(2_097_152),
  /** Bytes of a server that may wait for all its clients; beyond, it crashes. */
  SERVER_QUEUE_BYTES: count.default(8_388_608),
  /** Lines a second that a server's console tells; more are counted. */
  SERVER_CONSOLE_LINES_PER_SECOND: count.default(100),

  /** Clients that a learner may have the server run, per sandbox and minute. */
  PROBES_PER_MINUTE_PER_SANDBOX: count.default(60),
  /** Clients that the server runs at once, for all sandboxes. */
  PROBES_AT_ONCE: count.default(100),
  /** Milliseconds that one such client may take. */
  PROBE_MS: count.default(12_000),
  /** Bytes of the body that asks for such a client, with its messages; above is 413. */
  PROBE_BODY_MAX_BYTES: count.default(262_144),

  /** Checks of files per address and minute; a room sits behind one address. */
  CHECKS_PER_MINUTE: count.default(2_000),
  /** Checks of one sandbox per minute; the page asks again as its clients go on. */
  CHECKS_PER_MINUTE_PER_SANDBOX: count.default(120),
  /** Checks that run at once, for all readers; one address has all of them only while no other waits. */
  CHECKS_AT_ONCE: count.default(16),
  /** Checks that may wait for their turn; beyond is 429. One address has three quarters of the places at most. */
  CHECKS_WAITING: count.default(400),
  /** Milliseconds that one check may take, with the start of the files; twice as many by the clock, where the lab itself goes slower. */
  CHECK_MS: count.default(10_000),
  /** Milliseconds from which the lab is too slow to judge: where its own check takes so long, or a check falls so far behind the clock, one that fails is answered with 503. */
  CHECK_SLOW_MS: count.default(2_000),
  /** Bytes of the body that asks for a check, with its files; above is 413. */
  CHECK_BODY_MAX_BYTES: count.default(262_144),

  /** Terminals open at once, of one sandbox. */
  TERMINALS_MAX_PER_SANDBOX: count.default(5),
  /** Terminals open at once, of all sandboxes. */
  TERMINALS_MAX: count.default(600),
  /** Lines run in the terminals of one sandbox, per minute. */
  TERMINAL_RUNS_PER_MINUTE: count.default(60),
  /** Characters of a line that a terminal runs. */
  TERMINAL_LINE_MAX_CHARS: count.default(2_000),
  /** Bytes typed for a program of a terminal that may wait until it reads them. */
  TERMINAL_INPUT_MAX_BYTES: count.default(65_536),
  /** Bytes of output that may wait for a slow page: above, the program waits; above twice as many the terminal is closed with 1013. */
  TERMINAL_OUTPUT_MAX_BYTES: count.default(262_144),
  /** Seconds that a program of a terminal may run. */
  TERMINAL_RUN_SECONDS: count.default(3_600),
  /** Seconds without input and output after which a program of a terminal is ended. */
  TERMINAL_IDLE_SECONDS: count.default(900),

  /** Bytes of a request's head at the gateway. */
  HEAD_MAX_BYTES: count.default(16_384),
  /** Seconds that a client has for its request's head. */
  HEAD_TIMEOUT_SECONDS: count.default(10),
  /** Bytes of a request's body at the gateway. */
  BODY_MAX_BYTES: count.default(1_048_576),
  /** Bytes of a WebSocket message where the gateway, or websocat in a terminal, puts messages together; above, the connection is ended, by the gateway with 1009. */
  MESSAGE_MAX_BYTES: count.default(1_048_576),
  /** Events a second and connection that policies on messages tell; more are counted. */
  MESSAGE_EVENTS_PER_SECOND: count.default(100),
  /** Milliseconds for the conditions of one `switch`; then the process that evaluates them is ended. */
  CONDITION_DEADLINE_MS: count.default(400),
  /** Policies whose conditions may wait for that process; one sandbox has three quarters of the places at most. */
  CONDITION_QUEUE: count.default(400),
  /** Open connections of the whole gateway. */
  GATEWAY_MAX_CONNECTIONS: count.default(12_000),
  /** Bytes that wait in all connections together, for slow readers, in unfinished messages and in requests that are served; above, those that have waited longest are cut. */
  GATEWAY_MAX_WAITING_BYTES: count.default(268_435_456),
  /** Seconds that open connections have to end when the server stops. */
  DRAIN_SECONDS: count.default(3),
});

export type Config = z.output<typeof environment>;

/** Reads the settings, an empty one as if it were not there; throws with one sentence per wrong setting, which names it. */
export function readConfig(from: Record<string, string | undefined>): Config {
  const given = Object.entries(from).filter(([, value]) => value !== '');
  const result = environment.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}
