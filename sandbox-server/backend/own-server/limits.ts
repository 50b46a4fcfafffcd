// What learners' servers may take: the settings, and the bounds that the lab fixes.
import type { Config } from '../../config.ts';

/** The settings; units and defaults stand in `config.ts`. */
export type ServerSettings = Pick<
  Config,
  | 'SERVER_THREADS'
  | 'SERVERS_MAX'
  | 'SERVERS_PER_SANDBOX'
  | 'SERVER_MAX_BYTES'
  | 'SERVER_MEMORY_MIB'
  | 'SERVER_EVENT_MS'
  | 'SERVER_CPU_MS_PER_SECOND'
  | 'SERVER_MAX_CLIENTS'
  | 'SERVER_MAX_TIMERS'
  | 'SERVER_MAX_OUTGOING'
  | 'SERVER_CONNECTS_PER_SECOND'
  | 'SERVER_MESSAGE_MAX_BYTES'
  | 'SERVER_CLIENT_QUEUE_BYTES'
  | 'SERVER_QUEUE_BYTES'
  | 'SERVER_CONSOLE_LINES_PER_SECOND'
>;

/** Of them, what a thread needs. */
export type ThreadLimits = Omit<
  ServerSettings,
  'SERVER_THREADS' | 'SERVERS_MAX' | 'SERVERS_PER_SANDBOX' | 'SERVER_MAX_CLIENTS'
>;

/** Characters of a line of the console; the rest is cut. */
export const CONSOLE_LINE_CHARS = 1_024;
/** What a message costs beside its bytes, so that a flood of empty ones is bounded too. */
export const MESSAGE_OVERHEAD_BYTES = 64;
/** Messages of a client that may wait for the script before no more is read from it, and bytes of them. */
export const UNHANDLED_MESSAGES = 16;
export const UNHANDLED_BYTES = 65_536;
/** Messages of all clients of a server that may wait: what comes in one piece is many messages, though no more is read. */
export const SERVER_UNHANDLED_MESSAGES = 10_000;
/** Bytes of them from which no new client is let in: those that have gone have left theirs behind. */
export const SERVER_UNHANDLED_BYTES = 16_777_216;
/** Times its processor time that a turn may take on the clock: a busy machine is slow, and a thread that sleeps is stuck. */
export const WALL_FACTOR = 20;
/** MiB of JavaScript heap of a thread: what waits for its servers, and what they have sent. */
export const SERVER_THREAD_HEAP_MIB = 256;
/** Bytes of header lines that a script may add to a 101. */
export const ADDED_HEADERS_BYTES = 8_192;
/** Milliseconds that the handshake of a connection may take which a script opens. */
export const OUTGOING_HANDSHAKE_MS = 5_000;
/** Milliseconds that clients have to answer a Close frame, or to read the end of an answer, before their connections are cut. */
export const CLOSE_MS = 500;
