// An API definition that deploys into the reader's own sandbox.
import { html, LitElement, type TemplateResult } from 'lit';
import type { CodeEditorElement } from '../code-editor/element.ts';
import { Action } from '../lab-server/action.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { ResultPlace } from '../lab-server/result-place.ts';
import { pageTexts } from '../page-texts.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';

/** `<lab-api-definition-editor>`, written by ApiDefinitionEditor.astro. */
export class ApiDefinitionEditorElement extends LitElement {
  #deploy = new Action(this);
  #api = '';
  #editor: CodeEditorElement | null = null;
  #results: ResultPlace | null = null;
  #result: TemplateResult | null = null;
  #said = '';

  override createRenderRoot(): HTMLElement {
    return this.querySelector<HTMLElement>('[data-actions]') ?? this;
  }

  override connectedCallback(): void {
    if (!this.#editor) this.#adopt();
    super.connectedCallback();
  }

  get text(): string {
    return this.#editor?.text ?? '';
  }

  set text(text: string) {
    if (this.#editor) this.#editor.text = text;
  }

  override render(): TemplateResult {
    const organization = readSandbox()?.organization;
    return html`
      <button type="button" class="lab-button lab-primary" aria-busy=${this.#deploy.busy} @click=${this.#onDeploy}>${this.#deploy.busy ? 'Deploying …' : 'Deploy'}</button>
      <span class="lab-soft">${organization ? `Into your organization ${organization}.` : 'The first deployment makes an organization for you.'}</span>
      <span class="lab-hidden" role="status">${this.#said}</span>`;
  }

  override updated(): void {
    if (this.#deploy.problem) this.#results?.show(problemView(this.#deploy), this.#result === null);
    else if (this.#result) this.#results?.show(this.#result, false);
  }

  #adopt(): void {
    this.#api = pageTexts(this).api ?? '';
    this.#editor = this.querySelector<CodeEditorElement>('lab-code-editor');
    const results = this.querySelector('[data-result]');
    if (results) this.#results = new ResultPlace(results);
    this.addEventListener('lab-run', () => void this.#onDeploy());
    document.addEventListener('lab-sandbox', () => this.requestUpdate());
  }

  #onDeploy = async (): Promise<void> => {
    const { text } = this;
    void this.#editor?.open();
    const done = await this.#deploy.do(async (signal) => {
      const { deployDefinition } = await import('./deploy-definition.ts');
      return deployDefinition(text, this.#api, signal);
    });
    this.#said = done?.sentence ?? this.#deploy.problem?.message ?? '';
    if (done) {
      this.#editor?.mark(done.diagnostics);
      this.#result = done.view((line) => void this.#editor?.goTo(line));
    }
    this.requestUpdate();
  };
}

customElements.define('lab-api-definition-editor', ApiDefinitionEditorElement);
