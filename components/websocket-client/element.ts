// A WebSocket client in the page: connects through the gateway, sends, closes, and lists what it sees.
import { LitElement, render, type TemplateResult } from 'lit';
import type { Explained } from '../gateway-log/gateway-watch.ts';
import { keepAtEnd } from '../look/keep-at-end.ts';
import { pageTexts } from '../page-texts.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { takeStage } from '../stage.ts';
import { Announcer } from './announcer.ts';
import { openBothHops } from './both-hops.ts';
import { type ClientFields, clientForm, emptyFields } from './client-form.ts';
import { closeProblem } from './close-rules.ts';
import { Conversation } from './conversation.ts';
import { conversationSentence } from './conversation-sentence.ts';
import { endpointOf, gatewayPath, urlProblem } from './endpoint.ts';
import { framesView } from './frames-view.ts';
import { OwnGateway } from './own-gateway.ts';
import { parseProtocols } from './parse-protocols.ts';
import { unexplained } from './unexplained.ts';
import { whenSeen } from './when-seen.ts';

/** `<lab-websocket-client>`, written by WebSocketClient.astro. */
export class WebSocketClientElement extends LitElement {
  #texts: Partial<Record<string, string>> | null = null;
  #fields: ClientFields = emptyFields;
  #offeredUrl = '';
  #conversation: Conversation | null = null;
  #problem: string | null = null;
  #wrong: keyof ClientFields | null = null;
  #gateway: OwnGateway | null = null;
  #explanation = '';
  #preparing = false;
  #announcer = new Announcer((sentence) => this.#setText('[data-said]', sentence));

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    this.#texts ??= pageTexts(this);
    this.#offerUrl();
    document.addEventListener('lab-sandbox', this.#onSandbox);
    // Only the client of the reader's own organization has a place for the log.
    const place = this.querySelector<HTMLElement>('[data-gateway]');
    if (place) this.#gateway = new OwnGateway(place, (refusal) => this.#explain(refusal));
    openBothHops(this.querySelector<HTMLDetailsElement>('[data-both-hops]'));
    whenSeen(this, () => void this.#gateway?.watch());
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('lab-sandbox', this.#onSandbox);
    this.#conversation?.close();
    this.#announcer.stop();
    this.#gateway?.stop();
    this.#gateway = null;
  }

  /** One drawing a frame, however fast the frames of the socket come. */
  override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    super.scheduleUpdate();
  }

  override render(): TemplateResult {
    const state = this.#preparing ? 'connecting' : (this.#conversation?.state ?? 'closed');
    return clientForm({
      fields: this.#fields,
      undeployed: this.#fields.url === '',
      state: state === 'closed' ? 'idle' : state,
      problem: this.#problem,
      wrong: this.#wrong,
      type: (name, value) => {
        this.#fields = { ...this.#fields, [name]: value };
      },
      connect: () => void this.#connect(),
      disconnect: () => this.#conversation?.close(),
      send: () => this.#send(),
      close: () => this.#close(),
    });
  }

  override updated(): void {
    const box = this.querySelector<HTMLElement>('[data-frames]');
    if (!this.#conversation || !box) return;
    if (this.#explanation === '') {
      const follow = keepAtEnd(box);
      render(framesView(this.#conversation.rows), box);
      follow();
    }
    this.#setText('[data-caption]', conversationSentence(this.#conversation));
  }

  get #mine(): boolean {
    return this.#texts?.organization === 'mine';
  }

  #onSandbox = (): void => {
    this.#offerUrl();
    this.requestUpdate();
    void this.#gateway?.watch();
  };

  /** Fills the URL in, unless the reader has written another. */
  #offerUrl(): void {
    const sandbox = readSandbox();
    const organization = this.#mine ? sandbox?.organization : 'demo';
    const offer =
      organization && (!this.#mine || sandbox?.apis.length)
        ? endpointOf(location.origin, organization, this.#texts?.path ?? '')
        : '';
    if (this.#fields.url === this.#offeredUrl) this.#fields = { ...this.#fields, url: offer };
    this.#offeredUrl = offer;
  }

  async #connect(): Promise<void> {
    this.#offerUrl();
    const url = this.#fields.url.trim();
    const { protocols, problem } = parseProtocols(this.#fields.protocols);
    if (url === '')
      return this.#refuse(
        this.#mine ? 'Deploy first: then there is something to connect to.' : 'Type a URL first.',
        'url',
      );
    const mistake = problem ?? urlProblem(url);
    if (mistake) return this.#refuse(mistake, problem ? 'protocols' : 'url');
    this.#refuse(null);
    this.#explanation = '';
    await this.#prepare(url);
    try {
      this.#conversation = new Conversation(url, protocols, () => this.#changed());
    } catch (error) {
      this.#refuse(error instanceof Error ? error.message : String(error));
    }
    this.requestUpdate();
  }

  /** The list makes room for the live rows, and the gateway's log is open before the handshake comes to it. */
  async #prepare(url: string): Promise<void> {
    this.#preparing = true;
    this.requestUpdate();
    this.#conversation?.close();
    if (!this.#conversation) this.querySelector('[data-frames]')?.replaceChildren();
    const path = gatewayPath(location.origin, url);
    await this.#gateway?.expect(path);
    this.#preparing = false;
  }

  #send(): void {
    if (!this.#conversation?.send(this.#fields.message))
      this.#refuse('Not sent: too much text is still waiting to go out.');
  }

  #close(): void {
    const { code, reason } = this.#fields;
    const problem = closeProblem(code, reason);
    this.#refuse(problem?.message ?? null, problem?.field);
    if (!problem) this.#conversation?.close(Number(code), reason);
  }

  #refuse(problem: string | null, wrong: keyof ClientFields | null = null): void {
    this.#problem = problem;
    this.#wrong = wrong;
    this.requestUpdate();
  }

  #changed(): void {
    this.requestUpdate();
    const conversation = this.#conversation;
    if (!conversation) return;
    const { end, rows } = conversation;
    if (end && !end.opened) void this.#onRefused(conversation);
    else {
      const last = rows.at(-1);
      const text = last?.opcode === 1 ? ` Last: ${last.direction} ${last.payload.slice(0, 200)}` : '';
      this.#announcer.announce(conversationSentence(conversation) + text);
    }
  }

  async #onRefused(conversation: Conversation): Promise<void> {
    this.#announcer.announce('The handshake failed.');
    if (this.#gateway?.refused()) return;
    const own = this.#mine ? readSandbox() : null;
    const sentence = await unexplained(conversation.url, location.origin, own);
    if (this.#conversation === conversation) this.#refuse(sentence);
  }

  #explain({ sentence, view }: Explained): void {
    const box = this.querySelector<HTMLElement>('[data-frames]');
    if (box && this.#conversation?.end?.opened === false) render(view, box);
    if (sentence === this.#explanation) return;
    this.#explanation = sentence;
    this.#announcer.announce(sentence);
  }

  #setText(selector: string, text: string): void {
    const element = this.querySelector(selector);
    if (element && element.textContent !== text) element.textContent = text;
  }
}

customElements.define('lab-websocket-client', WebSocketClientElement);
