// A server file that runs behind the gateway of the reader's own sandbox: Deploy, Stop, how it went, and its console.
import { LitElement, render, type TemplateResult } from 'lit';
import type { CodeEditorElement } from '../code-editor/element.ts';
import { Action } from '../lab-server/action.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { reveal } from '../look/reveal.ts';
import { pageTexts } from '../page-texts.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { takeStage } from '../stage.ts';
import { actionsView } from './actions-view.ts';
import type { ConsoleLine } from './console-lines.ts';
import type { Done } from './deploy-server.ts';

/** `<lab-server-editor>`, written by ServerEditor.astro. */
export class ServerEditorElement extends LitElement {
  #deploy = new Action(this, () => void this.#onDeploy());
  #stop = new Action(this);
  #port = 0;
  #editor: CodeEditorElement | null = null;
  #result: TemplateResult | null = null;
  #said = '';
  /** The text that was deployed from here and runs: the lines of a crash are its lines. */
  #running: string | null = null;
  #watched: { token: string; stop: () => void } | null = null;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    if (!this.#editor) this.#adopt();
    super.connectedCallback();
    document.addEventListener('lab-sandbox', this.#onSandbox);
    void this.#onSandbox();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('lab-sandbox', this.#onSandbox);
    this.#watched?.stop();
    this.#watched = null;
  }

  get text(): string {
    return this.#editor?.text ?? '';
  }

  /** Takes a text as if the reader had typed it; nothing is deployed. */
  set text(text: string) {
    if (this.#editor) this.#editor.text = text;
  }

  override render(): TemplateResult {
    return actionsView({
      port: this.#port,
      organization: readSandbox()?.organization,
      deploying: this.#deploy.busy,
      stopping: this.#stop.busy,
      deploy: this.#onDeploy,
      stop: this.#onStop,
      said: this.#said,
    });
  }

  override updated(): void {
    const place = this.querySelector<HTMLElement>('[data-result]');
    const failed = this.#deploy.problem ? this.#deploy : this.#stop;
    if (place) render(failed.problem ? problemView(failed) : this.#result, place);
  }

  #adopt(): void {
    this.#port = Number(pageTexts(this).port);
    this.#editor = this.querySelector<CodeEditorElement>('lab-code-editor');
    this.addEventListener('lab-run', () => void this.#onDeploy());
  }

  #goToLine = (line: number): void => {
    void this.#editor?.goTo(line);
  };

  #onDeploy = async (): Promise<void> => {
    const script = this.#editor?.text ?? '';
    const done = await this.#deploy.do(async (signal) =>
      (await import('./deploy-server.ts')).deployedServer(this.#port, script, signal),
    );
    if (done?.runs) this.#running = script;
    this.#tell(done, this.#deploy);
    // The editor comes after the result, which it would only delay.
    void this.updateComplete.then(() => {
      reveal(this, '[data-result] .lab-outcome');
      this.#editor?.openAfterPaint();
    });
  };

  #onStop = async (): Promise<void> => {
    const done = await this.#stop.do(async (signal) =>
      (await import('./deploy-server.ts')).stoppedServer(this.#port, signal),
    );
    if (done) this.#running = null;
    this.#tell(done, this.#stop);
  };

  #tell(done: Done | undefined, action: Action): void {
    this.#said = done?.sentence ?? action.problem?.message ?? '';
    if (done) {
      this.#editor?.mark(done.marks);
      this.#result = done.view(this.#goToLine);
    }
    this.requestUpdate();
  }

  #onCrash = ({ text, line }: ConsoleLine): void => {
    // What crashed before this page was opened, or another text than the one that stands here, has no place in it.
    if (this.#running === null || this.#running !== this.#editor?.text) return;
    this.#running = null;
    this.#said = line === null ? text : `${text} Line ${line}.`;
    this.#result = null;
    if (line !== null) this.#editor.mark([{ line, column: 1, message: text, severity: 'error' }]);
    this.requestUpdate();
  };

  #onSandbox = async (): Promise<void> => {
    this.requestUpdate();
    const sandbox = readSandbox();
    const place = this.querySelector<HTMLElement>('[data-console]');
    if (!sandbox || !place || this.#watched?.token === sandbox.token) return;
    this.#watched?.stop();
    this.#watched = { token: sandbox.token, stop: () => {} };
    const { watchConsole } = await import('./watch-console.ts');
    // The element may have gone, or another sandbox have come, while this was fetched.
    if (this.#watched?.token !== sandbox.token) return;
    this.#watched.stop = watchConsole(place, sandbox, {
      port: this.#port,
      goToLine: this.#goToLine,
      crashed: this.#onCrash,
    });
  };
}

customElements.define('lab-server-editor', ServerEditorElement);
