// A GatewayScript policy that runs: the script, the request, Run and Deploy, and what came of it.
import { LitElement, render, type TemplateResult } from 'lit';
import { freshKey } from '../../sandbox-server/gateway/handshake/key.ts';
import type { CodeEditorElement } from '../code-editor/element.ts';
import { isRunKey } from '../code-field/run-key.ts';
import { Action } from '../lab-server/action.ts';
import type { Run } from '../lab-server/answers.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { ResultPlace } from '../lab-server/result-place.ts';
import { reveal } from '../look/reveal.ts';
import { pageTexts } from '../page-texts.ts';
import { ShareAction } from '../share/share-action.ts';
import type { SharedWork } from '../share/shared-work.ts';
import { takeStage } from '../stage.ts';
import { actionsView } from './actions-view.ts';
import { bringProperties, bringReader, type KnownProperties } from './bring-properties.ts';
import { handshakeText } from './handshake-text.ts';
import { keepRequest, readRequest } from './kept-request.ts';
import { parseRequest, type RequestParts } from './parse-request.ts';
import { requestForm } from './request-form.ts';

const bringQuestion = () => import('./run-script.ts');
const bringViews = () => import('./run-result.ts');

/** `<lab-gatewayscript-editor>`, written by GatewayScriptEditor.astro. Bubbles `lab-definition` (detail: the text) when it deploys one. */
export class GatewayScriptEditorElement extends LitElement {
  #run = new Action(this, () => void this.#onRun());
  #deploy = new Action(this, () => void this.#onDeploy());
  #share = new ShareAction(this, () => this.shared());
  #id = '';
  /** The author's request; `null` for a handshake with a fresh key. */
  #start: string | null = null;
  #request: RequestParts = parseRequest('');
  #api = '';
  #known: KnownProperties = { definition: '', json: '' };
  #editor: CodeEditorElement | null = null;
  #results: ResultPlace | null = null;
  #result: TemplateResult | null = null;
  #said = '';
  /** The definition that Deploy puts the script into; empty where there is none. */
  definition: () => string = () => '';
  /** What Copy link carries. */
  shared: () => SharedWork = () => {
    const definition = this.definition();
    return { ...this.work, ...(definition !== '' && { definition }) };
  };

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    if (!this.#editor) this.#adopt();
    super.connectedCallback();
  }

  get work(): { script: string; request: RequestParts } {
    return { script: this.#editor?.text ?? '', request: this.#request };
  }

  /** Takes a script, a request or both as if the reader had typed them; nothing runs. */
  take({ script, request }: Pick<SharedWork, 'script' | 'request'>): void {
    if (this.#editor && script !== undefined) {
      this.#editor.text = script;
      this.#onEdit();
    }
    if (request) this.#setRequest(request);
  }

  override render(): TemplateResult {
    return actionsView({
      deployable: this.#api !== '',
      running: this.#run.busy,
      deploying: this.#deploy.busy,
      run: this.#onRun,
      deploy: this.#onDeploy,
      share: this.#share.view(),
      said: this.#said,
    });
  }

  override updated(): void {
    const form = this.querySelector<HTMLElement>('[data-request]');
    if (form)
      render(
        requestForm(this.#request, (request) => this.#setRequest(request)),
        form,
      );
    const failed = this.#run.problem ? this.#run : this.#deploy;
    if (failed.problem) this.#results?.show(problemView(failed), this.#result === null);
    else if (this.#result) this.#results?.show(this.#result, false);
  }

  #adopt(): void {
    const { id = '', request, definition = '', api = '', properties = '' } = pageTexts(this);
    this.#id = id;
    this.#start = request ?? null;
    this.#request = readRequest(id) ?? this.#freshRequest();
    this.#api = definition && api;
    this.#known = { definition, json: properties };
    this.definition = () => definition;
    this.#editor = this.querySelector<CodeEditorElement>('lab-code-editor');
    const results = this.querySelector('[data-result]');
    if (results) this.#results = new ResultPlace(results);
    this.addEventListener('lab-edit', this.#onEdit);
    // Edits that were kept show once the editor is there.
    void customElements.whenDefined('lab-code-editor').then(this.#onEdit);
    this.querySelector('[data-request]')?.replaceChildren();
    for (const near of ['pointerenter', 'focusin'])
      this.addEventListener(near, () => void this.#bringRun().catch(() => {}), { once: true });
    this.addEventListener('lab-run', () => void this.#onRun());
    // From the request's fields too.
    this.addEventListener('keydown', (event) => {
      if (isRunKey(event) && !event.defaultPrevented) void this.#onRun();
    });
  }

  #freshRequest(): RequestParts {
    return parseRequest(this.#start ?? handshakeText(freshKey()));
  }

  /** `null` brings the start back. */
  #setRequest(request: RequestParts | null): void {
    this.#request = request ?? this.#freshRequest();
    keepRequest(this.#id, request);
    this.requestUpdate();
  }

  #goToLine = (line: number): void => {
    void this.#editor?.goTo(line);
  };

  #onEdit = (): void => {
    if (this.#editor) this.#results?.tellEdited(this.#editor.text !== pageTexts(this.#editor).source);
  };

  #onRun = async (): Promise<void> => {
    const script = this.#editor?.text ?? '';
    // What shows the answer is fetched while the server works.
    const done = await this.#run.do((signal) => Promise.all([this.#ask(script, signal), bringViews()]));
    if (!done) return this.#say(this.#run.problem?.message);
    const [run, views] = done;
    this.#editor?.mark(views.runMarks(run));
    this.#result = views.runView(run, this.#goToLine);
    this.#say(views.outcomeSentence(run).text);
  };

  async #ask(script: string, signal: AbortSignal): Promise<Run> {
    const [{ runScript }, properties] = await Promise.all([
      bringQuestion(),
      bringProperties(this.definition(), this.#known),
    ]);
    return runScript(script, this.#request, properties, signal);
  }

  /** What a run needs, fetched when the reader comes near rather than at the press. */
  #bringRun(): Promise<unknown> {
    return Promise.all([bringQuestion(), bringViews(), bringReader(this.definition(), this.#known)]);
  }

  #onDeploy = async (): Promise<void> => {
    const script = this.#editor?.text ?? '';
    const done = await this.#deploy.do(async (signal) => {
      const { deployScript } = await import('./deploy-script.ts');
      return deployScript(this.definition(), script, this.#api, signal);
    });
    if (!done) return this.#say(this.#deploy.problem?.message);
    this.#editor?.mark(done.marks);
    this.#result = done.view(this.#goToLine);
    this.dispatchEvent(new CustomEvent('lab-definition', { bubbles: true, detail: done.definition }));
    this.#say(done.sentence);
  };

  /** The end of every deed. The editor comes after the result, which it would only delay. */
  #say(sentence = ''): void {
    this.#said = sentence;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      reveal(this, '[data-result] .lab-outcome');
      this.#editor?.openAfterPaint();
    });
  }
}

customElements.define('lab-gatewayscript-editor', GatewayScriptEditorElement);
