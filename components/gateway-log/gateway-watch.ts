// What the gateway tells about the reader's sandbox, below the client: the log, and why a handshake failed. Fetched for `mine` only.
import { render, type TemplateResult } from 'lit';
import { keepAtEnd, showEnd } from '../look/keep-at-end.ts';
import { type EventFeed, type FeedState, feedOf } from '../sandbox/event-feed.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';
import { logPanel } from './log-panel.ts';
import { logView } from './log-view.ts';
import { connectionTo, refusalOf } from './refusal.ts';
import { refusalView } from './refusal-view.ts';

/** Milliseconds that a connect waits for the log to be open; then it goes on without. */
const patience = 2000;

/** Why a connect was refused: for screen readers, and to be shown. */
export interface Explained {
  sentence: string;
  view: TemplateResult;
}

export class GatewayWatch {
  #place: HTMLElement;
  #feed: EventFeed;
  #stop: () => void;
  #state: FeedState = { events: [], live: false };
  #attempt: { path: string; since: number; refused: boolean } | null = null;
  #frame = 0;
  #asLogged = false;
  #opened: () => void = () => {};
  #explained: (refusal: Explained) => void;

  /** `explained` is called when a refused connect is explained, also a second time. `place` has the reserved form of the log. */
  constructor(place: HTMLElement, sandbox: SandboxRecord, explained: (refusal: Explained) => void) {
    this.#place = place;
    this.#explained = explained;
    place.replaceChildren();
    this.#feed = feedOf(sandbox);
    this.#stop = this.#feed.watch((state) => {
      this.#state = state;
      if (state.live) this.#opened();
      // One drawing a frame, however many events came.
      this.#frame ||= requestAnimationFrame(() => this.#draw());
    });
  }

  /** To be awaited before a connect to `path`, so that its events are seen; `null` for one whose events do not come here. */
  async expect(path: string | null): Promise<void> {
    this.#attempt = null;
    if (path === null) return;
    if (!this.#state.live) {
      this.#feed.wake();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        this.#opened = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#attempt = { path, since: this.#state.events.at(-1)?.id ?? 0, refused: false };
  }

  /** The browser has refused the connect that was expected. Says whether the log tells why. */
  refused(): boolean {
    if (!this.#attempt || !this.#state.live) return false;
    this.#attempt.refused = true;
    this.#draw();
    return true;
  }

  /** The server may be there again. */
  wake(): void {
    this.#feed.wake();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#stop();
  }

  #tellConsole(asLogged: boolean): void {
    this.#asLogged = asLogged;
    this.#draw();
  }

  #draw(): void {
    this.#frame = 0;
    const { events, live } = this.#state;
    this.#explain();
    const box = this.#place.querySelector('.lab-log-box');
    const follow = keepAtEnd(box);
    const form = events.some(({ type }) => type === 'console')
      ? { asLogged: this.#asLogged, choose: (asLogged: boolean) => this.#tellConsole(asLogged) }
      : null;
    render(logPanel(events.length > 0 ? logView(events, this.#asLogged) : null, live, form), this.#place);
    if (box) follow();
    else showEnd(this.#place.querySelector('.lab-log-box'));
  }

  #explain(): void {
    if (!this.#attempt?.refused) return;
    const { path, since } = this.#attempt;
    const connection = connectionTo(path, since, this.#state.events);
    const refusal = connection ? refusalOf(connection, this.#state.events) : null;
    if (!refusal) return;
    const sentence = [refusal.sentence, ...refusal.broken.map((rule) => rule.message)].join(' ');
    this.#explained({ sentence, view: refusalView(refusal) });
  }
}
