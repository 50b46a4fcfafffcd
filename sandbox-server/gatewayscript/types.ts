// What a run takes and gives, as data: a script and a message in, a message and a log out.

export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = { [name: string]: JsonValue };

/** One header as on the wire: order and case are kept, a name may stand more than once. */
export type Header = readonly [name: string, value: string];

/** The client's request: what `context.request` shows. It never changes during a run. */
export interface HttpRequest {
  method: string;
  /** Origin form with the query, e.g. `/demo/sandbox/websocket-test?a=b`. */
  path: string;
  headers: readonly Header[];
  body: Uint8Array;
  /** Names and values of the parts of the path that the operation's template names; none outside an API. */
  pathParameters?: readonly (readonly [name: string, value: string])[];
}

/** A header of the message, and who put it there: copied from the request, or set by a policy. */
export interface MessageHeader {
  name: string;
  value: string;
  origin: 'request' | 'policy';
}

/** The message that travels through an assembly. It starts as a copy of the request; at the end it is the response. */
export interface Message {
  /** `null` until a policy sets one; the gateway then answers 200. */
  status: { code: number; reason: string } | null;
  headers: readonly MessageHeader[];
  body: Uint8Array;
  /** The body as a tree, where a policy `parse` or a script left it as one; `body` then holds its text. */
  parsed?: JsonObject | JsonValue[];
  /** Who put the body there, as with a header. */
  bodyOrigin: 'request' | 'policy';
}

/** A request that a script makes with `urlopen`; `target` is an absolute URL of scheme `http` or `https`. */
export interface TargetCall {
  target: string;
  method: string;
  headers: readonly Header[];
  body: Uint8Array;
}

/** What came of it: a response whatever its status, or the reason why there is none, as a sentence for the reader. */
export type TargetReply =
  | { kind: 'answered'; status: number; reason: string; headers: readonly Header[]; body: Uint8Array }
  | { kind: 'failed'; reason: string };

/** Answers a script's request. The signal is aborted when the run is over: whatever is open must then end. */
export type OpenTarget = (call: TargetCall, signal: AbortSignal) => Promise<TargetReply>;

/** One script to run. `learner`, where given, is whose run it is: a learner has one at a time, the newest wins. */
export interface ScriptJob {
  script: string;
  request: HttpRequest;
  message: Message;
  /**
   * The rest of the context tree, nested: `{ api: { name, version, properties: {…}, org: {…} }, client: {…}, … }` and what policies set.
   * Read-only for the script: `request`, `api`, `client`, `plan`, `system`; all else may be written.
   */
  variables: JsonObject;
  learner?: string;
  /** Who asks: a sandbox, or an address. When jobs wait, sources take turns; jobs without one share a line. */
  source?: string;
  /** What `urlopen` reaches; without it nothing. The engine itself knows no network. */
  openTarget?: OpenTarget;
}

export type Outcome = 'completed' | 'rejected' | 'threw' | 'syntax-error' | 'interrupted' | 'out-of-memory';

export const CONSOLE_LEVELS = [
  'debug',
  'trace',
  'info',
  'log',
  'notice',
  'warn',
  'error',
  'critical',
  'alert',
  'emerg',
] as const;

export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];

/** `line` counts from 1 in the reader's script; `null` where it is not known. */
export interface ConsoleEntry {
  level: ConsoleLevel;
  text: string;
  line: number | null;
}

/** One read or write of a context variable. `context.message.header.set('A', 'b')` is told as a set of `message.headers.A`. */
export interface TraceEntry {
  operation: 'get' | 'set' | 'clear';
  name: string;
  /** What was read or written, as JSON; `null` also for undefined and for a clear. Long values are cut. */
  value: JsonValue;
  line: number | null;
}

/** What went wrong, as the gateway's log would tell it. Line and column count from 1. */
export interface ScriptError {
  name: string;
  message: string;
  line: number | null;
  column: number | null;
}

export interface ScriptResult {
  outcome: Outcome;
  /** The message as the script left it, as far as it came; unchanged from the job for every other outcome than `completed` and `rejected`. */
  message: Message;
  variables: JsonObject;
  console: ConsoleEntry[];
  /** Whether console or trace were cut at their limits. */
  truncated: boolean;
  trace: TraceEntry[];
  error: ScriptError | null;
  durationMs: number;
}

export interface EngineStats {
  workers: number;
  idle: number;
  running: number;
  queued: number;
  /** Counted since the start. */
  runs: Record<Outcome, number>;
  refused: number;
  workersReplaced: number;
}

/** Runs scripts in isolation. `run` rejects with `EngineBusy` when the queue is full, and with nothing else that a script can cause. */
export interface Engine {
  run(job: ScriptJob): Promise<ScriptResult>;
  stats(): EngineStats;
  close(): Promise<void>;
}

/** The queue is full: the caller answers 429 with `Retry-After`. */
export class EngineBusy extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('The script engine is busy.');
    this.name = 'EngineBusy';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
