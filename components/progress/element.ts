// The tools below the map of all steps. The map itself is marked by follow-page.ts.
import { LitElement, type TemplateResult } from 'lit';
import { saveFile } from '../look/save-file.ts';
import { takeStage } from '../stage.ts';
import { importSentence } from './import-sentence.ts';
import { keptProgress, onProgress } from './kept-progress.ts';
import { LONGEST_TEXT, type Progress, parseProgress, progressText } from './progress-document.ts';
import { toolsView } from './tools-view.ts';

/** `<lab-progress-tools data-steps="install-ws …">`, written by AllSteps.astro. */
export class ProgressToolsElement extends LitElement {
  #said: { text: string; bad: boolean } | undefined;
  #forgotten: Progress | null = null;
  #endListening: (() => void) | undefined;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    keptProgress.tryKeeping();
    this.#endListening = onProgress(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endListening?.();
  }

  override render(): TemplateResult {
    const { progress, isKept, aside } = keptProgress;
    return toolsView({
      empty: progress.passed.size === 0 && progress.last === null,
      kept: isKept,
      aside: aside?.problem,
      said: this.#said,
      canUndo: this.#forgotten !== null,
      save: () => save(progressText(progress), 'websocket-lab-progress.json'),
      open: (file) => void this.#open(file),
      forget: () => this.#forget(),
      undo: () => this.#undo(),
      saveAside: () => save(aside?.text ?? '', 'websocket-lab-progress-aside.json'),
      discardAside: () => keptProgress.discardAside(),
    });
  }

  async #open(file: File): Promise<void> {
    const refused = (problem: string) => this.#say(`${file.name} was not opened. ${problem}`, true);
    if (file.size > LONGEST_TEXT) return refused('It is longer than any progress of this lab.');
    const text = await file.text().catch(() => null);
    if (text === null) return refused('The browser could not read it.');
    const parsed = parseProgress(text);
    if ('problem' in parsed) return refused(parsed.problem);
    const before = keptProgress.progress;
    const problem = keptProgress.add(parsed.progress);
    if (problem) return refused(problem);
    const known = new Set((this.dataset.steps ?? '').split(' '));
    this.#say(importSentence(before, parsed.progress, known), false);
  }

  #forget(): void {
    this.#forgotten = keptProgress.forget();
    this.#say('Forgotten. As long as this page is open you can bring it back.', false);
  }

  #undo(): void {
    if (this.#forgotten) keptProgress.add(this.#forgotten);
    this.#forgotten = null;
    this.#say('It is back.', false);
  }

  #say(text: string, bad: boolean): void {
    this.#said = { text, bad };
    this.requestUpdate();
  }
}

function save(text: string, name: string): void {
  saveFile(new Blob([text], { type: 'application/json' }), name);
}

customElements.define('lab-progress-tools', ProgressToolsElement);
