// The gateway's events of one connection, as soon as they are complete.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { connectionTo } from '../gateway-log/refusal.ts';
import { type FeedState, feedOf } from '../sandbox/event-feed.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';

/** Milliseconds to wait for the log to open, and for the last event of a connection. */
const PATIENCE_MS = 2_000;

/** Watches the sandbox's log for the clients of one side. `stop` ends it. */
export class ConnectionEvents {
  #state: FeedState = { events: [], live: false };
  #changed = () => {};
  readonly stop: () => void;

  constructor(sandbox: SandboxRecord) {
    const feed = feedOf(sandbox);
    this.stop = feed.watch((state) => {
      this.#state = state;
      this.#changed();
    });
    feed.wake();
  }

  /** The id of the newest event; events after it are those of what comes next. */
  async newest(): Promise<number> {
    await this.#until(() => this.#state.live);
    return this.#state.events.at(-1)?.id ?? 0;
  }

  /** Those of a connection by its id. */
  ofConnection(id: string): Promise<GatewayEvent[]> {
    return this.#complete(() => id);
  }

  /** Those of the browser's newest connection to a path (as the gateway sees it) after an event. */
  ofBrowser(path: string, since: number): Promise<GatewayEvent[]> {
    return this.#complete(() => connectionTo(path, since, this.#state.events));
  }

  async #complete(find: () => string | null): Promise<GatewayEvent[]> {
    const own = () => {
      const id = find();
      return id === null ? [] : this.#state.events.filter(({ connection }) => connection === id);
    };
    await this.#until(() => own().some(isLast));
    return own();
  }

  #until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#changed = () => {};
        resolve();
      };
      const timer = setTimeout(done, PATIENCE_MS);
      this.#changed = () => {
        if (holds()) done();
      };
      this.#changed();
    });
  }
}

/** A connection ends with this event; a refused handshake with its response. */
function isLast(event: GatewayEvent): boolean {
  return event.type === 'connection-closed' || (event.type === 'response-sent' && event.status !== 101);
}
