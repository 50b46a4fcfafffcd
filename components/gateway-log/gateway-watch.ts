// What the gateway tells about the reader's sandbox, below the client: the log, and why a handshake failed. Fetched for `mine` only.
import { html, render } from 'lit';
import { keepAtEnd } from '../look/keep-at-end.ts';
import { type EventFeed, type FeedState, feedOf } from '../sandbox/event-feed.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';
import './gateway-log.css';
import { logView } from './log-view.ts';
import { connectionTo, refusalOf } from './refusal.ts';
import { refusalView } from './refusal-view.ts';

/** Milliseconds that a connect waits for the log to be open; then it goes on without. */
const patience = 2000;

export class GatewayWatch {
  #place: HTMLElement;
  #feed: EventFeed;
  #stop: () => void;
  #state: FeedState = { events: [], live: false };
  #attempt: { path: string; since: number; refused: boolean } | null = null;
  #frame = 0;
  #opened: () => void = () => {};
  #explained: (sentence: string) => void;

  /** `explained` is called once a refused connect is explained. */
  constructor(place: HTMLElement, sandbox: SandboxRecord, explained: (sentence: string) => void) {
    this.#place = place;
    this.#explained = explained;
    this.#feed = feedOf(sandbox);
    this.#stop = this.#feed.watch((state) => {
      this.#state = state;
      if (state.live) this.#opened();
      // One drawing a frame, however many events came.
      this.#frame ||= requestAnimationFrame(() => this.#draw());
    });
  }

  /** To be awaited before a connect to `path`, so that its events are seen. */
  async expect(path: string): Promise<void> {
    if (!this.#state.live) {
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

  /** The browser has refused the connect that was expected. */
  refused(): void {
    if (this.#attempt) this.#attempt.refused = true;
    this.#draw();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#stop();
  }

  #draw(): void {
    this.#frame = 0;
    const { events, live } = this.#state;
    const refusal = this.#refusal();
    const log = this.#place.querySelector('.lab-log-box');
    const follow = keepAtEnd(log);
    render(
      html`${refusal ? html`<div class="lab-result">${refusalView(refusal)}</div>` : null}
        <div class="lab-result">
          <p class="lab-recorded">What the gateway of your organization did${live ? '' : ' (not live at the moment)'}</p>
          <div class="lab-scroll lab-log-box" tabindex="0" role="group" aria-label="Event log of the gateway">${
            events.length > 0 ? logView(events) : html`<p class="lab-soft lab-empty">Nothing yet.</p>`
          }</div>
        </div>`,
      this.#place,
    );
    follow();
  }

  #refusal() {
    if (!this.#attempt?.refused) return null;
    const { path, since } = this.#attempt;
    const connection = connectionTo(path, since, this.#state.events);
    const refusal = connection ? refusalOf(connection, this.#state.events) : null;
    if (refusal) this.#explained([refusal.sentence, ...refusal.broken.map((rule) => rule.message)].join(' '));
    return refusal;
  }
}
