// What a program of the terminal is given, and what it gives back.
import type { Foreground } from '../backend/own-server/deployed.ts';
import type { ScriptError } from '../gatewayscript/types.ts';
import type { CommandInput } from './command-input.ts';
import type { OwnEndpoint } from './own-endpoint.ts';

/** A running program's side of the terminal. Line ends are `\n`. */
export interface CommandIo {
  stdout(text: string): void;
  stderr(text: string): void;
  /** The lab's own words, which the program itself would not print: the page shows them as such. */
  note(text: string): void;
  /** Whether more is written than the page has taken. */
  behind(): boolean;
  /** Resolves when the page has caught up, or is gone. */
  caughtUp(): Promise<void>;
  input: CommandInput;
  /** Text of the reader's server file, as the page has it; `null` where it has none. */
  file: string | null;
  /** Aborted by Ctrl-C, when the time is over, and when the terminal ends: then the program lets go of all that it holds and returns. */
  signal: AbortSignal;
}

/** Hears of a server from its first line on. */
export interface ServerWatch extends Foreground {
  /** The lab's own words about it. */
  note(text: string): void;
}

export type StartedServer =
  | {
      is: 'running';
      script: string;
      /** As Ctrl-C: its clients see a process die. */
      stop(): Promise<void>;
      /** It runs on; nothing more is heard of it. */
      leave(): void;
    }
  /** Nothing has changed. */
  | { is: 'crashed'; script: string; error: ScriptError }
  | { is: 'refused'; why: string };

/** The reader's server, as `node websocket_server.js` starts it. */
export interface OwnServer {
  /** `file` is its text as the page has it; without, the one deployed last is started. */
  start(file: string | null, watch: ServerWatch): Promise<StartedServer>;
}

/** What the programs of one sandbox's terminals reach. */
export interface Surroundings {
  endpoint: OwnEndpoint;
  /** Address of the gateway's TLS listener. */
  gateway: { host: string; port: number };
  /** Bytes of the largest message that a program puts together. */
  maxMessageBytes: number;
  /** Base paths of what is deployed. */
  basePaths(): string[];
  server: OwnServer;
}

/** Runs with the words that follow its name; gives its exit code. An error that it throws is a mistake of the lab. */
export type Command = (words: readonly string[], io: CommandIo, around: Surroundings) => Promise<number>;

/** After a 404: what the program cannot know. `path` is the one asked for, with organization and catalog. */
export function whyNotFound(path: string, { basePaths, endpoint }: Surroundings): string {
  const paths = basePaths();
  const asked = path.split('?')[0] ?? '';
  const own = paths.find((base) =>
    `${asked}/`.startsWith(`/${endpoint.organization}/${endpoint.catalog}${base}/`),
  );
  if (own !== undefined)
    return `${own} is deployed: the 404 means that it has no operation for this method and path, or comes from its target. The gateway’s log says which.\n`;
  const there = paths.length === 0 ? 'Nothing is deployed there yet' : `Deployed there: ${paths.join(', ')}`;
  return `No API of your organization ${endpoint.organization} answers at this path. ${there}. A lesson’s Deploy button puts its API there.\n`;
}
