// The handshake that the reader takes apart: all is computed here, at each key, without any server.
import { LitElement, type TemplateResult } from 'lit';
import { freshKey } from '../../sandbox-server/gateway/handshake/key.ts';
import { takeStage } from '../stage.ts';
import { Announcer } from '../websocket-client/announcer.ts';
import type { Heads } from './clients/verdicts.ts';
import { explain, summary } from './explain.ts';
import { explainedView } from './explained-view.ts';
import { fragmentOf, headsOfFragment } from './fragment.ts';
import { goToLine } from './heads/head-view.ts';
import { rekeyed, START } from './presets.ts';

/** Milliseconds without a change after which the address follows; browsers refuse to have it changed at each key. */
const ADDRESS_PAUSE_MS = 400;

/** `<lab-handshake-explained>`, written by HandshakeExplained.astro. */
export class HandshakeExplainedElement extends LitElement {
  #heads: Heads = headsOfFragment(location.hash.slice(1)) ?? START;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = '';
  #announcer = new Announcer((sentence) => {
    const place = this.querySelector('[data-said]');
    if (place) place.textContent = sentence;
  });

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#onAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#onAddress);
    clearTimeout(this.#timer);
    this.#announcer.stop();
  }

  override render(): TemplateResult {
    return explainedView(this.#heads, {
      change: (heads) => this.#change(heads),
      freshKey: () => this.#change(rekeyed(this.#heads, freshKey())),
      goTo: (head, line) => goToLine(this, head, line),
      link: () => {
        this.#writeAddress();
        return location.href;
      },
    });
  }

  #change(heads: Heads): void {
    this.#heads = heads;
    this.requestUpdate();
    const said = summary(explain(heads));
    if (said !== this.#said) this.#announcer.announce(said);
    this.#said = said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#writeAddress(), ADDRESS_PAUSE_MS);
  }

  #writeAddress(): void {
    clearTimeout(this.#timer);
    const fragment = fragmentOf(this.#heads);
    history.replaceState(
      null,
      '',
      `${location.pathname}${location.search}${fragment === '' ? '' : `#${fragment}`}`,
    );
  }

  /** A link on this page, or the way back to an earlier address; a heading's leaves the heads alone. */
  #onAddress = (): void => {
    const heads = headsOfFragment(location.hash.slice(1));
    if (heads) this.#change(heads);
  };
}

customElements.define('lab-handshake-explained', HandshakeExplainedElement);
