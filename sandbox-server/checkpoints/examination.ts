// What a checkpoint examines a sandbox with: the lab's clients, the sandbox's log, and the list of what was tried.
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Examination, Try } from './checkpoint.ts';
import { exchangeHandshake } from './client/handshake.ts';
import { openSocket } from './client/socket.ts';
import type { Door } from './door.ts';

/** Thrown by `expect`: one thing does not hold, and the check is over. */
export class Unmet extends Error {
  readonly hint: string;
  constructor(title: string, hint: string) {
    super(title);
    this.name = 'Unmet';
    this.hint = hint;
  }
}

export interface StartedExamination extends Examination {
  tries: Try[];
  /** Ends its clients. */
  close(): void;
}

/** Characters of what was sent or came that are shown. */
const SHOWN_CHARS = 2_000;

export interface ExaminationParts {
  sandbox: Sandbox;
  /** Of the API that the clients connect to; that of the first one deployed if not given. */
  basePath: string | undefined;
  door: Door;
  signal: AbortSignal;
  key: string;
}

export function startExamination({
  sandbox,
  basePath,
  door,
  signal,
  key,
}: ExaminationParts): StartedExamination {
  const tries: Try[] = [];
  const over = new AbortController();
  const ended = AbortSignal.any([over.signal, signal]);
  const path = () =>
    `/${sandbox.name}/${sandbox.catalog}${basePath ?? [...sandbox.apis()][0]?.basePath ?? ''}`;
  const target = (behind = '/') => `${path()}${behind}`;

  return {
    tries,
    key,
    signal: ended,
    path,
    apis: () => [...sandbox.apis()],
    servers: () => sandbox.servers.list(),
    connectToServer: async (port) => {
      const stream = sandbox.network.connect(port);
      return openSocket(() => stream, '/', {}, ended);
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
    connect: (ask = {}) => openSocket(() => door.open(), target(ask.path), ask, ended),
    events: () => sandbox.events.kept(),
    expect(holds, { title, exchange, expected, received, hint }) {
      const sent = exchange ? shown(exchange.sent) : null;
      const came = exchange && !holds ? `${received}\n\n${exchange.received}` : received;
      tries.push({ title, passed: holds, sent, expected, received: shown(came) });
      if (!holds) throw new Unmet(title, hint);
    },
    close: () => over.abort(new Error('the check is over')),
  };
}

function shown(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
