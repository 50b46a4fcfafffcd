// Sends a word through the demo's gateway and shows its way there and back.
import { LitElement, type TemplateResult } from 'lit';
import { takeStage } from '../stage.ts';
import { endpointOf } from '../websocket-client/endpoint.ts';
import { Exchange, NoReply } from './exchange.ts';
import { helloForm } from './hello-form.ts';

/** `<lab-hello-panel>`, written by HelloPanel.astro. */
export class HelloPanelElement extends LitElement {
  #word = 'hello';
  #busy = false;
  #exchange: Exchange | null = null;
  /** What the page came with: shown again while there is no server. */
  #recorded = { word: '', reply: '' };

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#recorded = { word: this.#textOf('[data-hop="client"]'), reply: this.#textOf('[data-reply]') };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#exchange?.close();
    this.#exchange = null;
  }

  override render(): TemplateResult {
    return helloForm({
      word: this.#word,
      busy: this.#busy,
      type: (word) => {
        this.#word = word;
      },
      send: () => void this.#send(),
    });
  }

  async #send(): Promise<void> {
    const word = this.#word;
    this.#setBusy(true);
    this.#travel(word);
    try {
      this.#exchange ??= new Exchange(endpointOf(location.origin, 'demo', '/websocket-upgrade'));
      const reply = await this.#exchange.ask(word);
      this.#show('Reply', reply, false);
    } catch (error) {
      if (this.#word !== word) return;
      const why = error instanceof NoReply ? error.message : 'The page could not connect.';
      const { word: sent, reply } = this.#recorded;
      this.#show(`${why} Is the lab’s server running? Recorded reply to ${sent}:`, reply, true);
    } finally {
      this.#setBusy(false);
    }
  }

  /** Runs the panel's animation anew: the frame passes the three stations (hello-panel.css). */
  #travel(word: string): void {
    this.#setText('[data-hop="client"]', word);
    this.classList.remove('lab-travels');
    // Reading a measure makes the browser notice the removal.
    void this.offsetWidth;
    this.classList.add('lab-travels');
  }

  #show(caption: string, reply: string, failed: boolean): void {
    this.#setText('[data-caption]', caption);
    const words = this.querySelector('[data-caption]');
    words?.classList.toggle('lab-error', failed);
    words?.classList.toggle('lab-soft', !failed);
    this.#setText('[data-reply]', reply);
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.requestUpdate();
  }

  #textOf(selector: string): string {
    return this.querySelector(selector)?.textContent ?? '';
  }

  #setText(selector: string, text: string): void {
    const element = this.querySelector(selector);
    if (element) element.textContent = text;
  }
}

customElements.define('lab-hello-panel', HelloPanelElement);
