// The panel's line to the reader's sandbox: its events, and whether the server is there.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { feedOf } from '../sandbox/event-feed.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { type Standing, standingOf } from '../sandbox/standing.ts';

export interface LiveHandlers {
  event(event: GatewayEvent): void;
  /** Something about the source has changed. */
  changed(): void;
  /** Another organization: what was there is no longer the reader's. */
  renewed(): void;
}

export class LiveSource {
  organization: string | null = null;
  live = false;
  standing: Standing | null = null;
  #token: string | null = null;
  #handlers: LiveHandlers;
  #stop = () => {};

  constructor(handlers: LiveHandlers) {
    this.#handlers = handlers;
  }

  /** Watches the sandbox of now, where there is one; to be called again when the page has got another. */
  watch(): void {
    const sandbox = readSandbox();
    if (!sandbox || sandbox.token === this.#token) return;
    this.#stop();
    if (this.#token !== null) this.#handlers.renewed();
    this.#token = sandbox.token;
    this.organization = sandbox.organization;
    this.#stop = feedOf(sandbox).listen({
      event: (event) => this.#handlers.event(event),
      live: (live) => {
        this.live = live;
        this.standing = null;
        this.#handlers.changed();
        if (!live) void this.#ask();
      },
    });
  }

  stop(): void {
    this.#stop();
    this.#stop = () => {};
    this.#token = null;
  }

  /** A socket does not say why it does not open. */
  async #ask(): Promise<void> {
    const sandbox = readSandbox();
    const standing = sandbox && (await standingOf(sandbox));
    if (this.live) return;
    this.standing = standing;
    this.#handlers.changed();
  }
}
