// What one run may take: the settings of the engine, and the bounds that the lab fixes.
import type { Config } from '../config.ts';
import type { TimeLimits } from './pool/run-time.ts';

/** The settings that the engine takes from the configuration; units and defaults stand there. */
export type EngineOptions = Pick<
  Config,
  | 'SCRIPT_WORKERS'
  | 'SCRIPT_DEADLINE_MS'
  | 'SCRIPT_WALL_MS'
  | 'SCRIPT_MAX_BYTES'
  | 'SCRIPT_MEMORY_MIB'
  | 'SCRIPT_QUEUE'
  | 'CONSOLE_MAX_CHARS'
  | 'CONSOLE_MAX_ENTRIES'
>;

/** What a worker needs of them. */
export interface RunLimits extends TimeLimits {
  scriptBytes: number;
  consoleChars: number;
  /** Entries of console and of trace, each. */
  entries: number;
}

/** Bytes of the stack of QuickJS: with a thread stack of 4 MiB it overflows there first, as an error the script can catch. */
export const GUEST_STACK_BYTES = 128 * 1024;
/** MiB of a worker thread's own stack. */
export const THREAD_STACK_MIB = 4;
/** MiB of JavaScript heap of a worker thread: parser, context tree and log of one run. */
export const THREAD_HEAP_MIB = 96;
/** Milliseconds, of either time, that a worker has beyond its limit to stop by itself; then it is terminated. */
export const GRACE_MS = 100;
/** Milliseconds that a new worker has to come up. */
export const START_MS = 10_000;

/** Characters that a script may write into the context in one run, as JSON. */
export const CONTEXT_MAX_CHARS = 8 * 1024 * 1024;
/** Levels of nesting in a value of the context. */
export const CONTEXT_MAX_DEPTH = 200;
/** Headers that a script may leave on a message; what the request brought is kept. */
export const MESSAGE_MAX_HEADERS = 256;
/** Characters of a value in the trace; longer ones are cut. */
export const TRACE_VALUE_CHARS = 1_000;
/** Bytes that one digest, signature or cipher may cover. */
export const HASH_MAX_BYTES = 4 * 1024 * 1024;
/** Random bytes that a script may ask for in one call. */
export const RANDOM_MAX_BYTES = 65_536;
/** Timers and callbacks that may wait at once. */
export const TIMERS_MAX = 1_000;
/** Requests that a script may make with `urlopen` in one run. */
export const TARGET_CALLS_MAX = 20;
/** Bytes of the body of such a request. */
export const TARGET_BODY_MAX_BYTES = 1024 * 1024;
