// Both hops of the sandbox's connections, live: the picture, the four heads, the policies, the frames. Fetched when the reader opens it.
import { html, LitElement, type TemplateResult } from 'lit';
import { saveFile } from '../look/save-file.ts';
import picture from '../sequence/sequence.css?inline';
import { Announcer } from '../websocket-client/announcer.ts';
import { actionsView } from './actions-view.ts';
import { connectionParts } from './connection-parts.ts';
import { ConnectionStore, type WatchedConnection } from './connection-store.ts';
import style from './connection-view.css?inline';
import { connectionsView } from './connections-view.ts';
import { allFrames, type FrameFilter } from './frames/frame-filter.ts';
import type { FrameEvent } from './frames/frame-hops.ts';
import { FrameList } from './frames/frame-list.ts';
import { ShownFrames } from './frames/shown-frames.ts';
import { LiveSource } from './live-source.ts';
import { emptySentence, type Source, sourceSentence } from './panel-words.ts';
import { mostBytes, openSaved, savedText } from './saved-file.ts';
import { summaryOf } from './summary.ts';

/** Milliseconds between two summaries for screen readers. */
const summaryPause = 4_000;

/** `<lab-connection-view>`: writes itself, since it comes on intent only. */
export class ConnectionViewElement extends LitElement {
  #live = new ConnectionStore();
  #file: { store: ConnectionStore; savedAt: string } | null = null;
  #chosenId: string | null = null;
  #frame: FrameEvent | null = null;
  #filter: FrameFilter = allFrames;
  /** Of the newest event. */
  #lastId = 0;
  /** Of the newest event when the reader pressed Pause. */
  #pausedAt: number | null = null;
  #problem: string | null = null;
  /** A drawing was due while nobody could see it. */
  #missed = false;
  #sizes = new ResizeObserver(() => {
    if (this.#missed) this.requestUpdate();
  });
  #shown = new ShownFrames();
  #list: FrameList | null = null;
  #announcer = new Announcer((sentence) => this.#say(sentence), summaryPause);
  #source = new LiveSource({
    event: (event) => {
      this.#lastId = event.id;
      if (this.#live.add(event) && this.#pausedAt === null) this.requestUpdate();
    },
    changed: () => this.requestUpdate(),
    renewed: () => {
      this.#live = new ConnectionStore();
      this.#pausedAt = null;
    },
  });

  override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    addStyle();
    document.addEventListener('lab-sandbox', this.#onSandbox);
    this.#sizes.observe(this);
    this.#source.watch();
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('lab-sandbox', this.#onSandbox);
    this.#sizes.disconnect();
    this.#source.stop();
    this.#announcer.stop();
    this.#list?.stop();
    this.#list = null;
  }

  /** One drawing a frame, however fast events come; none while the fold around it is closed. */
  override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    super.scheduleUpdate();
  }

  override shouldUpdate(): boolean {
    this.#missed = this.hasUpdated && !this.checkVisibility();
    return !this.#missed;
  }

  override render(): TemplateResult {
    const source = this.#sourceNow;
    const chosen = this.#chosen;
    const connections = this.#connections;
    return html`<div class="lab-bar">
        <span class="lab-soft">${sourceSentence(source)}</span>
        ${actionsView({
          paused: this.#pausedAt !== null,
          ofFile: this.#file !== null,
          empty: connections.length === 0,
          pause: () => this.#pause(),
          clear: () => this.#clear(),
          save: () => this.#save(),
          open: (file) => void this.#open(file),
          backToLive: () => this.#show(null),
        })}
      </div>
      ${this.#problem ? html`<p class="lab-error lab-empty" role="alert">${this.#problem}</p>` : null}
      <p class="lab-hidden" role="status" data-summary></p>
      ${
        chosen
          ? html`${connectionsView(connections, chosen, (connection) => this.#choose(connection.id))}
            ${connectionParts({
              connection: chosen,
              filter: this.#filter,
              shown: this.#framesOf(chosen).length,
              frame: this.#frameOf(chosen),
              changeFilter: (filter) => {
                this.#filter = filter;
                this.requestUpdate();
              },
              goTo: (frame) => this.#chooseFrame(frame),
            })}`
          : html`<p class="lab-soft lab-empty">${emptySentence(source)}</p>`
      }`;
  }

  override updated(): void {
    const chosen = this.#chosen;
    const box = this.querySelector<HTMLElement>('[data-frame-list]');
    if (!box) {
      this.#list?.stop();
      this.#list = null;
    } else if (chosen) {
      this.#list ??= new FrameList(box, (frame) => this.#chooseFrame(frame));
      this.#list.show(this.#framesOf(chosen), chosen, this.#frameOf(chosen)?.id ?? null);
    }
    this.#announcer.announce(summaryOf(this.#connections, chosen));
  }

  get #store(): ConnectionStore {
    return this.#file?.store ?? this.#live;
  }

  /** Those that had begun when the reader pressed Pause, else all. */
  get #connections(): readonly WatchedConnection[] {
    const { connections } = this.#store;
    const pausedAt = this.#file ? null : this.#pausedAt;
    return pausedAt === null ? connections : connections.filter(({ firstId }) => firstId <= pausedAt);
  }

  /** What the reader chose, else the newest. */
  get #chosen(): WatchedConnection | null {
    const connections = this.#connections;
    return connections.find(({ id }) => id === this.#chosenId) ?? connections.at(-1) ?? null;
  }

  get #sourceNow(): Source {
    const { organization, live, standing } = this.#source;
    return {
      savedAt: this.#file?.savedAt ?? null,
      organization,
      live,
      standing,
      paused: this.#pausedAt !== null,
    };
  }

  #framesOf(connection: WatchedConnection): readonly FrameEvent[] {
    return this.#shown.of(connection, this.#filter, this.#file ? null : this.#pausedAt);
  }

  /** The chosen frame, where it is one of this connection. */
  #frameOf({ id }: WatchedConnection): FrameEvent | null {
    return this.#frame?.connection === id ? this.#frame : null;
  }

  #choose(id: string): void {
    this.#chosenId = id;
    this.#frame = null;
    this.requestUpdate();
  }

  /** Who reads a frame stays with its connection, whatever else connects. */
  #chooseFrame(frame: FrameEvent): void {
    this.#frame = frame;
    this.#chosenId = frame.connection;
    this.requestUpdate();
    void this.updateComplete.then(() => this.#list?.reveal(frame.id));
  }

  #pause(): void {
    this.#pausedAt = this.#pausedAt === null ? this.#lastId : null;
    this.requestUpdate();
  }

  #clear(): void {
    this.#live.clear();
    this.#frame = null;
    this.#pausedAt = null;
    this.requestUpdate();
  }

  #show(file: { store: ConnectionStore; savedAt: string } | null): void {
    this.#file = file;
    this.#chosenId = null;
    this.#frame = null;
    this.#problem = null;
    this.requestUpdate();
  }

  #save(): void {
    const now = new Date().toISOString();
    const blob = new Blob([savedText(this.#store.connections, now)], { type: 'application/json' });
    saveFile(blob, `connections-${now.slice(0, 19).replaceAll(':', '-')}.json`);
  }

  async #open(file: File): Promise<void> {
    const opened =
      file.size > mostBytes
        ? { problem: `This file has ${file.size} bytes; one that Save has written has ${mostBytes} at most.` }
        : openSaved(await file.text());
    if ('problem' in opened) {
      this.#problem = opened.problem;
      this.requestUpdate();
    } else this.#show(opened);
  }

  #onSandbox = (): void => {
    this.#source.watch();
    this.requestUpdate();
  };

  #say(sentence: string): void {
    const place = this.querySelector('[data-summary]');
    if (place && place.textContent !== sentence) place.textContent = sentence;
  }
}

function addStyle(): void {
  if (document.querySelector('style[data-lab-connection-view]')) return;
  const element = document.createElement('style');
  element.dataset.labConnectionView = '';
  element.textContent = `${style}\n${picture}`;
  document.head.append(element);
}

customElements.define('lab-connection-view', ConnectionViewElement);
