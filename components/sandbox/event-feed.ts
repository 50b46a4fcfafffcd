// The live event log of the reader's sandbox: one socket for all parts of the page that watch it.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { createKeptEvents } from '../../sandbox-server/sandboxes/kept-events.ts';
import { upTo } from '../lab-server/jitter.ts';
import { parseEvent } from './gateway-event.ts';
import type { SandboxRecord } from './sandbox-record.ts';

/** As many as the server keeps by default. */
const mostKept = 500;
/** Milliseconds before it tries again: at most these, and at least half of them. */
const firstPause = 1000;
const longestPause = 10_000;

/** What a watcher sees: all events that are kept, oldest first, and whether the socket is open. */
export interface FeedState {
  events: readonly GatewayEvent[];
  live: boolean;
}

/** Who needs each event, not only those that are kept. */
export interface FeedListener {
  /** Also those that the server tells anew when the socket opens again. */
  event(event: GatewayEvent): void;
  live(live: boolean): void;
}

export class EventFeed {
  #url: string;
  #token: string;
  #watchers = new Set<(state: FeedState) => void>();
  #listeners = new Set<FeedListener>();
  /** Where there is no more room the same goes first as on the server, so that a panel that opens late knows how connections began. */
  #kept = createKeptEvents({ events: mostKept, bytes: Number.POSITIVE_INFINITY });
  #state: FeedState = { events: [], live: false };
  #socket: WebSocket | null = null;
  #pause = firstPause;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `origin` is the page's, as `ws:` or `wss:`. */
  constructor({ organization, token }: SandboxRecord, origin: string) {
    this.#url = `${origin}/api/sandboxes/${encodeURIComponent(organization)}/events`;
    this.#token = token;
  }

  get state(): FeedState {
    return this.#state;
  }

  /** Calls `watcher` now and after every change. The socket is open as long as somebody watches. Gives the way to stop. */
  watch(watcher: (state: FeedState) => void): () => void {
    this.#watchers.add(watcher);
    if (!this.#socket) this.#connect();
    watcher(this.#state);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#stop();
    };
  }

  /** Tells the listener the kept events now, then each as it comes. Gives the way to stop. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    for (const event of this.#state.events) listener.event(event);
    let live: boolean | null = null;
    const stop = this.watch((state) => {
      if (state.live !== live) listener.live(state.live);
      live = state.live;
    });
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  /** Connects at once where it would wait: something tells that the server is there, or the reader wants to know. */
  wake(): void {
    if (this.#state.live || !this.#socket || this.#socket.readyState !== WebSocket.CLOSED) return;
    this.#pause = firstPause;
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#url, [this.#token]);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#pause = firstPause;
      // The server tells all that it keeps anew.
      this.#kept.clear();
      this.#tell({ events: [], live: true });
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const event = parseEvent(String(data));
      if (!event) return;
      for (const listener of this.#listeners) listener.event(event);
      this.#kept.add(event);
      this.#tell({ events: this.#kept.list(), live: true });
    });
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#tell({ ...this.#state, live: false });
      this.#timer = setTimeout(() => this.#connect(), upTo(this.#pause));
      this.#pause = Math.min(longestPause, this.#pause * 2);
    });
  }

  #stop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    this.#state = { ...this.#state, live: false };
    socket?.close();
  }

  #tell(state: FeedState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
}

let current: { key: string; feed: EventFeed } | null = null;

/** The page's one feed for this sandbox. */
export function feedOf(sandbox: SandboxRecord): EventFeed {
  const key = `${sandbox.organization} ${sandbox.token}`;
  if (current?.key !== key)
    current = { key, feed: new EventFeed(sandbox, location.origin.replace(/^http/, 'ws')) };
  return current.feed;
}
