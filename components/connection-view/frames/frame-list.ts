// The list of frames: only the rows on the screen are drawn, and keys walk all of them.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import { html, render, type TemplateResult } from 'lit';
import type { WatchedConnection } from '../connection-store.ts';
import type { FrameEvent } from './frame-hops.ts';
import { frameRowView } from './frame-row-view.ts';
import { frameSentence } from './frame-words.ts';
import { placeAfter } from './list-keys.ts';

/** Pixels of a row; the stylesheet has the same. */
const rowHeight = 28;

type ListOptions = VirtualizerOptions<HTMLElement, HTMLElement>;

export class FrameList {
  #box: HTMLElement;
  #choose: (frame: FrameEvent) => void;
  #virtual: Virtualizer<HTMLElement, HTMLElement>;
  #stop: () => void;
  #frames: readonly FrameEvent[] = [];
  #connection: WatchedConnection | null = null;
  #chosen: number | null = null;

  /** `box` scrolls and has the focus; `choose` is called with the frame that the reader goes to. */
  constructor(box: HTMLElement, choose: (frame: FrameEvent) => void) {
    this.#box = box;
    this.#choose = choose;
    this.#virtual = new Virtualizer(this.#options(0));
    this.#stop = this.#virtual._didMount();
    box.addEventListener('keydown', this.#onKey);
    box.addEventListener('click', this.#onClick);
  }

  /** Shows these frames; a list that stood at its end follows the newest. */
  show(frames: readonly FrameEvent[], connection: WatchedConnection, chosen: number | null): void {
    const other = connection !== this.#connection;
    const atEnd = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < rowHeight;
    this.#frames = frames;
    this.#connection = connection;
    this.#chosen = chosen;
    this.#virtual.setOptions(this.#options(frames.length));
    this.#virtual._willUpdate();
    this.#draw();
    if (atEnd || other) {
      this.#box.scrollTop = this.#box.scrollHeight;
      this.#draw();
    }
  }

  /** Brings a frame onto the screen. */
  reveal(id: number): void {
    const at = this.#placeOf(id);
    if (at !== -1) this.#virtual.scrollToIndex(at, { align: 'auto' });
  }

  stop(): void {
    this.#box.removeEventListener('keydown', this.#onKey);
    this.#box.removeEventListener('click', this.#onClick);
    this.#stop();
  }

  #options(count: number): ListOptions {
    return {
      count,
      getScrollElement: () => this.#box,
      estimateSize: () => rowHeight,
      overscan: 8,
      getItemKey: (at) => this.#frames[at]?.id ?? at,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.#draw(),
    };
  }

  /** Ids rise, so the place is found by halving. */
  #placeOf(id: number | null): number {
    if (id === null) return -1;
    let [low, high] = [0, this.#frames.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#frames[middle]?.id ?? 0;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.#box.clientHeight / rowHeight) - 1);
    const at = placeAfter(event.key, this.#placeOf(this.#chosen), this.#frames.length, page);
    const frame = at === null ? undefined : this.#frames[at];
    if (!frame) return;
    event.preventDefault();
    this.#go(frame);
  };

  #onClick = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-frame]') : null;
    const frame = this.#frames[this.#placeOf(Number(row?.dataset.frame))];
    if (frame) this.#go(frame);
  };

  #go(frame: FrameEvent): void {
    this.#chosen = frame.id;
    this.reveal(frame.id);
    this.#draw();
    this.#choose(frame);
  }

  #draw(): void {
    const connection = this.#connection;
    if (!connection) return;
    const items = this.#virtual.getVirtualItems();
    const drawn = items.some(({ index }) => this.#frames[index]?.id === this.#chosen);
    if (drawn) this.#box.setAttribute('aria-activedescendant', `lab-frame-${this.#chosen}`);
    else this.#box.removeAttribute('aria-activedescendant');
    render(this.#rows(items, connection), this.#box);
  }

  #rows(items: readonly { index: number; start: number }[], connection: WatchedConnection): TemplateResult {
    return html`<div role="presentation" class="lab-list-length" style=${`height: ${this.#virtual.getTotalSize()}px`}>${items.map(
      ({ index, start }) => {
        const frame = this.#frames[index];
        if (!frame) return null;
        const chosen = frame.id === this.#chosen;
        return html`<div role="option" id=${`lab-frame-${frame.id}`} data-frame=${frame.id} class="lab-frame-line" aria-selected=${chosen} aria-setsize=${this.#frames.length} aria-posinset=${index + 1} aria-label=${frameSentence(frame, connection)} style=${`transform: translateY(${start}px)`}>${frameRowView(frame, connection)}</div>`;
      },
    )}</div>`;
  }
}
