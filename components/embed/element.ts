// A script that runs, in a page of any other site: the field, Run, what came of it, and the way into the lab.
import { html, type ReactiveController, render, type TemplateResult } from 'lit';
import { isRunKey } from '../code-field/run-key.ts';
import { parseRequest, type RequestParts } from '../gatewayscript-editor/parse-request.ts';
import { Action } from '../lab-server/action.ts';
import { actionButton } from '../lab-server/action-button.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { makeLink } from '../share/make-link.ts';
import { fieldView, selectLine } from './field-view.ts';
import { givenScript } from './given-script.ts';
import { shadowStyle } from './shadow-style.ts';

/**
 * `<gatewayscript-sandbox>`. Attributes: `file` (what the script is called), `request` (an HTTP request as text; without it a WebSocket
 * handshake), `properties` (a JSON object), `src` (the lab; without it the one that this code came from).
 * No LitElement, which would be a sixth of all that comes into the page.
 */
export class GatewayScriptSandbox extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  #controllers: ReactiveController[] = [];
  #updating = false;
  #run = new Action(this);
  #start = '';
  #text = '';
  #result: TemplateResult | null = null;
  /** The line of the last run's error. */
  #badLine: number | null = null;
  #said = '';
  /** Into the lab's playground, with the script as it stands here. */
  #link = '';
  #children = new MutationObserver(() => this.#adopt());

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [shadowStyle];
  }

  connectedCallback(): void {
    // The page may still be read, or its framework put the script in later.
    this.#children.observe(this, { childList: true, characterData: true, subtree: true });
    this.#adopt();
  }

  disconnectedCallback(): void {
    this.#children.disconnect();
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }

  /** Draws once for all that changes within a task. */
  requestUpdate(): void {
    if (this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      render(this.#view(), this.#root);
    });
  }

  #view(): TemplateResult {
    const file = this.getAttribute('file') ?? 'GatewayScript';
    const { problem } = this.#run;
    return html`<section class="lab-embed lab-widget" aria-label=${file} @keydown=${this.#onKey}>
      <div class="lab-bar">
        <span class="lab-file">${file}</span>
        <a href=${this.#link || `${this.#lab}/playground/`} target="_blank" rel="noopener">Open in the lab</a>
      </div>
      ${fieldView({
        text: this.#text,
        label: `${file}. Ctrl-Enter runs it.`,
        badLine: this.#badLine,
        input: (text) => this.#edit(text),
      })}
      <div class="lab-actions">
        ${actionButton({ label: 'Run', busyLabel: 'Running …', busy: this.#run.busy, primary: true, press: this.#onRun })}
        <button type="button" class="lab-button" ?disabled=${this.#text === this.#start} @click=${() => this.#edit(this.#start)}>Reset</button>
        <span class="lab-hidden" role="status">${this.#said}</span>
      </div>
      ${problem || this.#result ? html`<div class="lab-result">${problem ? problemView(this.#run) : this.#result}</div>` : null}
    </section>`;
  }

  get #lab(): string {
    const src = this.getAttribute('src');
    return URL.parse(src ?? import.meta.url, document.baseURI)?.origin ?? '';
  }

  get #request(): RequestParts | null {
    const text = this.getAttribute('request');
    return text === null ? null : parseRequest(text);
  }

  /** Takes the page's script, unless the reader has made another of it. */
  #adopt(): void {
    const before = this.#start;
    this.#start = givenScript(this);
    if (this.#text === before) this.#edit(this.#start);
    else this.requestUpdate();
  }

  #edit(text: string): void {
    this.#text = text;
    this.#badLine = null;
    this.requestUpdate();
    void this.#writeLink();
  }

  /** A script that is too long for a link is left out of it. */
  async #writeLink(): Promise<void> {
    const [script, request] = [this.#text, this.#request];
    const link = await makeLink({ script, ...(request && { request }) }, this.#lab).catch(() => '');
    if (script !== this.#text) return;
    this.#link = link;
    this.requestUpdate();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (isRunKey(event)) void this.#onRun();
  };

  #goToLine = (line: number): void => {
    const area = this.#root.querySelector('textarea');
    if (area) selectLine(area, line);
  };

  #onRun = async (): Promise<void> => {
    this.#said = '';
    const done = await this.#run.do(async (signal) => {
      const { outcomeSentence, runEmbedded, runView } = await this.#runner();
      const run = await runEmbedded(
        {
          lab: this.#lab,
          script: this.#text,
          request: this.#request,
          properties: this.getAttribute('properties'),
        },
        signal,
      );
      return {
        view: runView(run, this.#goToLine),
        said: outcomeSentence(run).text,
        badLine: run.error?.line ?? null,
      };
    });
    if (done) [this.#result, this.#badLine] = [done.view, done.badLine];
    this.#said = done?.said ?? this.#run.problem?.message ?? '';
    this.requestUpdate();
  };

  /** Comes from where this code came from, which may have another version by now, or be away. */
  async #runner(): Promise<typeof import('./runner.ts')> {
    try {
      return await import('./runner.ts');
    } catch {
      throw new LabProblem(
        0,
        'server-away',
        'The rest of this element’s code cannot be fetched: the lab does not answer, or has a newer version.',
        'Reload the page in a moment.',
      );
    }
  }
}

// Two labs may both be embedded in one page: the first one's code serves the elements of both.
if (!customElements.get('gatewayscript-sandbox')) {
  customElements.define('gatewayscript-sandbox', GatewayScriptSandbox);
}
