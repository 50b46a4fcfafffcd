// What a checkpoint examines a sandbox with: the lab's clients, the sandbox's log, and the list of what was tried.
import type { LabTime } from '../backend/own-server/lab-time.ts';
import type { GatewayEvent } from '../gateway/events.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Examination, Exchange, FileDiagnostic, Try } from './checkpoint.ts';
import { exchangeHandshake } from './client/handshake.ts';
import { openSocket } from './client/socket.ts';
import type { Door } from './door.ts';
import { faultTold } from './fault-told.ts';
import { deployFile, type Trial } from './trial.ts';

/** Thrown by `expect`: one thing does not hold, and the check is over. */
export class Unmet extends Error {
  readonly hint: string;
  constructor(title: string, hint: string) {
    super(title);
    this.name = 'Unmet';
    this.hint = hint;
  }
}

/** A client file of the reader does not start. */
export class NotDeployed extends Error {
  readonly diagnostic: FileDiagnostic;
  constructor(diagnostic: FileDiagnostic) {
    super(diagnostic.message);
    this.name = 'NotDeployed';
    this.diagnostic = diagnostic;
  }
}

export interface StartedExamination extends Examination {
  tries: Try[];
  /** Ends its clients. */
  close(): void;
}

/** How the lab's clients name themselves to what runs in a reader's own sandbox; on trial they are clients like any other. */
const OF_THE_LAB = { 'User-Agent': "the lab's checkpoint" };

/** Characters of what was sent or came that are shown. */
const SHOWN_CHARS = 2_000;

export interface ExaminationParts {
  sandbox: Sandbox;
  /** Of the API that the clients connect to; that of the first one deployed if not given. */
  basePath: string | undefined;
  door: Door;
  /** The name of the sandbox for the lab's clients, where that is another. */
  reachedAs?: string;
  signal: AbortSignal;
  /** In which it waits. */
  time: LabTime;
  key: string;
  /** The reader's files by name, where they are on trial. */
  onTrial?: { trial: Trial; texts: ReadonlyMap<string, string> };
}

export function startExamination({
  sandbox,
  basePath,
  door,
  reachedAs = sandbox.name,
  signal,
  time,
  key,
  onTrial,
}: ExaminationParts): StartedExamination {
  const tries: Try[] = [];
  const over = new AbortController();
  const ended = AbortSignal.any([over.signal, signal]);
  const pathAs = (name: string) =>
    `/${name}/${sandbox.catalog}${basePath ?? [...sandbox.apis()][0]?.basePath ?? ''}`;
  const path = () => pathAs(sandbox.name);
  const target = (behind = '/') => `${pathAs(reachedAs)}${behind}`;

  return {
    tries,
    key,
    signal: ended,
    time,
    path,
    apis: () => [...sandbox.apis()],
    servers: () => sandbox.servers.list(),
    connectToServer: async (port) => {
      const stream = sandbox.network.connect(port);
      return openSocket(() => stream, '/', { headers: OF_THE_LAB }, { signal: ended, time });
    },
    application() {
      for (const product of sandbox.products)
        for (const { clientId, clientSecret } of product.applications.values())
          return { clientId, clientSecret };
      throw new Error('no product with an application is deployed');
    },
    async deployProduct(text) {
      const { diagnostics } = await sandbox.products.deploy('given', text);
      const error = diagnostics.find(({ severity }) => severity === 'error');
      if (error) throw new Error(`the product of the checkpoint does not deploy: ${error.message}`);
    },
    handshake: (ask = {}) => exchangeHandshake(door.open(), target(ask.path), ask, ended),
    connect(ask = {}) {
      const headers = { ...(onTrial ? {} : OF_THE_LAB), ...ask.headers };
      return openSocket(() => door.open(), target(ask.path), { ...ask, headers }, { signal: ended, time });
    },
    serve(port, accept) {
      if (!onTrial) throw new Error('the ports of a reader’s own sandbox are the reader’s');
      onTrial.trial.serve(port, accept);
    },
    async start(file) {
      const diagnostics = await deployFile(sandbox, 'client', file, onTrial?.texts.get(file) ?? '');
      const error = diagnostics.find(({ severity }) => severity === 'error');
      if (error) throw new NotDeployed(error);
    },
    events: () => sandbox.events.kept(),
    expect(holds, { title, exchange, expected, received, hint }) {
      // What still goes on when the time is over is not told.
      ended.throwIfAborted();
      // What a check tries again and again, with fresh words, is one line for the reader.
      if (holds && tries.some((each) => each.title === title)) return;
      const sent = exchange ? shown(exchange.sent) : null;
      const came = holds ? received : whatCame(received, exchange, sandbox.events.kept());
      tries.push({ title, passed: holds, sent, expected, received: shown(came) });
      if (!holds) throw new Unmet(title, hint);
    },
    close: () => over.abort(new Error('the check is over')),
  };
}

/** In a few words, then in full, then why, as far as the log says it; nothing twice. */
function whatCame(received: string, exchange: Exchange | null, events: readonly GatewayEvent[]): string {
  if (!exchange) return received;
  const whole = exchange.received;
  const told = whole === received || whole.startsWith(`${received}\n`) ? [whole] : [received, whole];
  const fault = faultTold(events);
  return [...told, ...(fault === null ? [] : [fault])].join('\n\n');
}

function shown(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
