// An API definition that deploys into the reader's own sandbox.
import { LitElement, type TemplateResult } from 'lit';
import type { CodeEditorElement } from '../code-editor/element.ts';
import { Action } from '../lab-server/action.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { ResultPlace } from '../lab-server/result-place.ts';
import { reveal } from '../look/reveal.ts';
import { pageTexts } from '../page-texts.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { ShareAction } from '../share/share-action.ts';
import type { SharedWork } from '../share/shared-work.ts';
import { takeStage } from '../stage.ts';
import { actionsView } from './actions-view.ts';

/** `<lab-api-definition-editor>`, written by ApiDefinitionEditor.astro. */
export class ApiDefinitionEditorElement extends LitElement {
  #deploy = new Action(this, () => void this.#onDeploy());
  #share = new ShareAction(this, () => this.shared());
  #api = '';
  #editor: CodeEditorElement | null = null;
  #results: ResultPlace | null = null;
  #result: TemplateResult | null = null;
  #said = '';
  /** What Copy link carries. */
  shared: () => SharedWork = () => ({ definition: this.text });

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    if (!this.#editor) this.#adopt();
    super.connectedCallback();
  }

  get text(): string {
    return this.#editor?.text ?? '';
  }

  set text(text: string) {
    if (!this.#editor) return;
    this.#editor.text = text;
    this.#onEdit();
  }

  override render(): TemplateResult {
    return actionsView({
      organization: readSandbox()?.organization,
      deploying: this.#deploy.busy,
      deploy: this.#onDeploy,
      share: this.#share.view(),
      said: this.#said,
    });
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
    this.addEventListener('lab-edit', this.#onEdit);
    // Edits that were kept show once the editor is there.
    void customElements.whenDefined('lab-code-editor').then(this.#onEdit);
    this.addEventListener('lab-run', () => void this.#onDeploy());
    document.addEventListener('lab-sandbox', () => this.requestUpdate());
  }

  #onEdit = (): void => {
    if (this.#editor) this.#results?.tellEdited(this.#editor.text !== pageTexts(this.#editor).source);
  };

  #onDeploy = async (): Promise<void> => {
    const { text } = this;
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
    // The editor comes after the result, which it would only delay.
    void this.updateComplete.then(() => {
      reveal(this, '[data-result] .lab-outcome');
      this.#editor?.openAfterPaint();
    });
  };
}

customElements.define('lab-api-definition-editor', ApiDefinitionEditorElement);
