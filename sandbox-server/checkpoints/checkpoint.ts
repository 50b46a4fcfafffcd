// A checkpoint: what ends a step or an exercise. It looks at what the reader's files or connections do, never at their text.
import type { Duplex } from 'node:stream';
import type { ServerInfo } from '../backend/own-server/deployed.ts';
import type { LabTime } from '../backend/own-server/lab-time.ts';
import type { GatewayEvent } from '../gateway/events.ts';
import type { ApiDefinition } from '../gateway/types.ts';
import type { Handshake, HandshakeAsk } from './client/handshake.ts';
import type { TrialSocket, TrialSocketAsk } from './client/socket.ts';

/**
 * `script` goes into the `gatewayscript` policy of a definition that the lab gives; the others deploy as they are. `client` is a script that
 * connects by itself: the check starts it.
 */
export type FileKind = 'script' | 'definition' | 'product' | 'server' | 'client';

/** The API property values of the lab's definition around a script. */
export interface ScriptHost {
  echo?: 'upgrade' | 'none';
  attach?: 'none' | 'uppercase';
}

interface Checked {
  /** Stable id of the step or exercise, the same as `step` of its page. */
  step: string;
  /** Throws what `expect` throws at the first thing that does not hold. */
  check(examination: Examination): Promise<void>;
}

/** Runs the reader's files in a sandbox that lives for one check, with clients of the lab. */
export interface TrialCheckpoint extends Checked {
  kind: 'trial';
  /** By the name that the page shows. */
  files: Readonly<Record<string, FileKind>>;
  /** For a script: the definition around it. */
  host?: ScriptHost;
  /** What later steps will add to a file, without which it could not be tried yet. */
  complete?(text: string, file: string): string;
}

/** Looks at the reader's own sandbox: what is deployed there, and what its log has of the reader's clients. */
export interface LiveCheckpoint extends Checked {
  kind: 'live';
  /** Of the API that the reader's clients connect to. */
  basePath: string;
  /** Whether the reader's client is to send the checkpoint's word. */
  asksForWord: boolean;
}

export type Checkpoint = TrialCheckpoint | LiveCheckpoint;

/** What goes to and fro between a client of the lab and the gateway, as text to show. */
export interface Exchange {
  sent: string;
  received: string;
}

/** One thing that must hold, told for the reader. */
export interface Expectation {
  /** What is tried, e.g. "A handshake without a key". */
  title: string;
  /** What was sent and what came; a text where no client of the lab was in it. */
  exchange: Exchange | null;
  /** What should have come, e.g. "status 400". */
  expected: string;
  /** What did come, in a few words. */
  received: string;
  /** What to look at when it fails: the first of the checkpoint's hints. */
  hint: string;
}

/** What a checkpoint examines with. All it opens is closed when the check is over. */
export interface Examination {
  /** Organization, catalog and base path of the API under examination: `/maple-heron/sandbox/websocket-test`. */
  path(): string;
  /** The deployed definitions. */
  apis(): ApiDefinition[];
  /** The reader's own servers. */
  servers(): ServerInfo[];
  /** Connects to a server of the sandbox, past the gateway. Throws `ECONNREFUSED` where none listens. */
  connectToServer(port: number): Promise<TrialSocket>;
  /** Client id and secret of an application of the product that is deployed. Throws where there is none. */
  application(): { clientId: string; clientSecret: string };
  /** Deploys a product beside the reader's files. Throws where it does not pass. */
  deployProduct(text: string): Promise<void>;
  /** Sends one head, byte for byte as asked, and reads the answer. */
  handshake(ask?: HandshakeAsk): Promise<Handshake>;
  /** Connects as `ws` does. */
  connect(ask?: TrialSocketAsk): Promise<TrialSocket>;
  /** Gives a port of a trial to the lab: `accept` gets each connection, and throws `ECONNREFUSED` to refuse it. */
  serve(port: number, accept: (connection: Duplex) => void): void;
  /** Starts a client file of the reader. Throws `NotDeployed` where it cannot. */
  start(file: string): Promise<void>;
  /** The events of the sandbox, oldest first. */
  events(): GatewayEvent[];
  /** For live checkpoints: the random word that the reader is to send, made anew for each pass. */
  key: string;
  /** Notes that it was tried, once for each title that holds; ends the check where it does not hold. */
  expect(holds: boolean, expectation: Expectation): void;
  /** Goes on as fast as the lab does. All waits are of this time, and a server on trial lives in it. */
  time: LabTime;
  /** Aborted when the time of the check is over. */
  signal: AbortSignal;
}

/** One thing that was tried. */
export interface Try {
  title: string;
  passed: boolean;
  sent: string | null;
  expected: string;
  received: string;
}

/** A diagnostic at its place in one of the reader's files. */
export interface FileDiagnostic {
  file: string;
  severity: 'error' | 'warning' | 'info';
  rule: string;
  message: string;
  line: number;
  column: number;
}

export interface Verdict {
  passed: boolean;
  /** In the order in which they were tried; only the last can have failed. */
  tries: Try[];
  /** Of the try that failed. */
  hint: string | null;
  diagnostics: FileDiagnostic[];
  /** For live checkpoints that wait for it: what the reader is to send. */
  key: string | null;
}
