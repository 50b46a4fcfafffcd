// An example of the reference: it stands as still code, runs at a press, and can be changed.
import { LitElement, type TemplateResult } from 'lit';
import '../code-editor/element.ts';
import type { CodeEditorElement } from '../code-editor/element.ts';
import { Action } from '../lab-server/action.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { ResultPlace } from '../lab-server/result-place.ts';
import { reveal } from '../look/reveal.ts';
import { takeStage } from '../stage.ts';
import { runButton } from './run-button.ts';

/** `<lab-example-runner>`, written by ExampleRunner.astro. */
export class ExampleRunnerElement extends LitElement {
  #run = new Action(this, () => void this.#onRun());
  #editor: CodeEditorElement | null = null;
  #results: ResultPlace | null = null;
  #said = '';

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    if (!this.#editor) this.#adopt();
    super.connectedCallback();
  }

  override render(): TemplateResult {
    return runButton({ running: this.#run.busy, run: this.#onRun, said: this.#said });
  }

  override updated(): void {
    if (this.#run.problem) this.#show(problemView(this.#run));
  }

  #adopt(): void {
    this.#editor = this.querySelector<CodeEditorElement>('lab-code-editor');
    const place = this.querySelector('[data-result]');
    if (place) this.#results = new ResultPlace(place);
    this.addEventListener('lab-run', () => void this.#onRun());
  }

  #show(view: TemplateResult | null): void {
    this.querySelector('[data-result]')?.removeAttribute('hidden');
    this.#results?.show(view, false);
  }

  #onRun = async (): Promise<void> => {
    const script = this.#editor?.text ?? '';
    const done = await this.#run.do(async (signal) => {
      const parts = await import('./run-example.ts');
      return { parts, run: await parts.runExample(script, signal) };
    });
    if (done) {
      const { parts, run } = done;
      this.#editor?.mark(parts.runMarks(run));
      this.#show(parts.exampleView(run, (line) => void this.#editor?.goTo(line)));
      this.#said = `${parts.saidOf(run)} ${run.console.map(({ text }) => text).join(', ')}`;
    } else this.#said = this.#run.problem?.message ?? '';
    this.requestUpdate();
    await this.updateComplete;
    reveal(this, '[data-result] :is(.lab-wire, .lab-outcome)');
  };
}

customElements.define('lab-example-runner', ExampleRunnerElement);
