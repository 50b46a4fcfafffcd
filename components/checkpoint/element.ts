// A checkpoint: checks what the reader's files or clients do, helps hint by hint, and turns green.
import { html, LitElement, render, type TemplateResult } from 'lit';
import { Action } from '../lab-server/action.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { copyButton } from '../look/copy-button.ts';
import { reveal } from '../look/reveal.ts';
import { pageTexts, parseTexts } from '../page-texts.ts';
import { onProgress, passedAt } from '../progress/kept-progress.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { takeStage } from '../stage.ts';
import { whenSeen } from '../websocket-client/when-seen.ts';
import { actionsView } from './actions-view.ts';
import { editorOf } from './page-editors.ts';
import type { Verdict } from './verdict.ts';

/** `<lab-checkpoint>`, written by Checkpoint.astro. Bubbles `lab-step-passed` (detail: the step) when it turns green. */
export class CheckpointElement extends LitElement {
  #action = new Action(this, () => void this.#check());
  #step = '';
  #kind: 'trial' | 'live' = 'trial';
  #hints: string[] = [];
  /** Texts by file name. */
  #solution: Partial<Record<string, string>> = {};
  #verdict: Verdict | null = null;
  /** How many of the further hints the reader has asked for. */
  #asked = 0;
  #solutionShown = false;
  #applied = new Set<string>();
  #passed = false;
  /** What a live checkpoint waits for, before anybody has pressed anything. */
  #waits: TemplateResult | string = 'Waits for your deployment.';
  /** Whether it can pass by what a client does; unknown before the first look. */
  #waitsForClient = true;
  #said = '';
  #views: {
    verdict: typeof import('./verdict-view.ts');
    solution: typeof import('./solution-view.ts');
  } | null = null;
  #watching = false;
  /** It looks at a new deployment: what was found before may hold no longer. */
  #looking = false;
  #stopWatching = () => {};
  #stopProgress = () => {};

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    if (this.#step === '') this.#adopt();
    super.connectedCallback();
    this.#stopProgress = onProgress(() => this.#passedElsewhere());
    if (this.#kind !== 'live' || this.#passed) return;
    // Who has a sandbox, or gets one here, may pass it without having come down to it.
    if (readSandbox()) void this.#watch();
    else {
      whenSeen(this, () => void this.#watch());
      document.addEventListener('lab-sandbox', () => void this.#watch(), { once: true });
    }
  }

  override disconnectedCallback(): void {
    this.#stopWatching();
    this.#stopProgress();
    this.#watching = false;
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const failed = this.#verdict !== null && !this.#verdict.passed;
    const hintsLeft = this.#asked < this.#hints.length;
    const solvable = Object.keys(this.#solution).length > 0 && !this.#solutionShown;
    return actionsView({
      kind: this.#kind,
      busy: this.#action.busy,
      check: () => void this.#check(),
      next: !failed ? null : hintsLeft ? 'hint' : solvable ? 'solution' : null,
      more: () => this.#more(),
      said: this.#said,
    });
  }

  override updated(): void {
    const mark = this.querySelector('[data-mark]');
    mark?.classList.toggle('lab-is-ok', this.#passed);
    if (mark) mark.textContent = this.#passed ? 'Passed' : this.#looking ? 'Looking …' : 'Not yet';
    const waits = this.querySelector<HTMLElement>('[data-waits]');
    if (waits) render(this.#passed ? 'Done.' : this.#waits, waits);
    const place = this.querySelector<HTMLElement>('[data-result]');
    if (!place) return;
    place.hidden = !this.#verdict && !this.#action.problem;
    render(
      html`${this.#action.problem ? problemView(this.#action) : null}
      ${this.#verdict ? this.#views?.verdict.verdictView(this.#verdict, this.#hints.slice(0, this.#asked), this.#looking) : null}
      ${this.#solutionShown ? this.#solutionView() : null}`,
      place,
    );
  }

  #adopt(): void {
    const { step = '', kind, hints = '{}', solution = '{}' } = pageTexts(this);
    this.#step = step;
    this.#kind = kind === 'live' ? 'live' : 'trial';
    this.#hints = Object.values(parseTexts(hints)).filter((hint) => hint !== undefined);
    this.#solution = parseTexts(solution);
    this.#passed = passedAt(step) !== null;
    this.querySelector('[data-waits]')?.replaceChildren();
    document.addEventListener('lab-edit', () => {
      this.#applied.clear();
      if (this.#solutionShown) this.requestUpdate();
    });
  }

  async #watch(): Promise<void> {
    if (this.#watching || !this.isConnected) return;
    this.#watching = true;
    const { watchSandbox } = await import('./live-watch.ts');
    if (!this.isConnected) return;
    this.#stopWatching = watchSandbox({
      look: () => this.#look(),
      waitsForClient: () => this.#waitsForClient,
      looking: (looking) => this.#lookAgain(looking),
    });
  }

  /** Without a press: shows only what it waits for. Rejects where the server gives no verdict. */
  async #look(): Promise<void> {
    if (this.#passed || this.#action.busy) return;
    const { checkSandbox } = await import('./check.ts');
    const verdict = await checkSandbox(this.#step, AbortSignal.timeout(25_000));
    if (!verdict || this.#passed) return;
    if (verdict.passed || this.#verdict) return this.#take(verdict);
    this.#wait(verdict);
    this.requestUpdate();
  }

  /** What failed before is not told as if it did still, while it is looked at. */
  #lookAgain(looking: boolean): void {
    this.#looking = looking && this.#verdict?.passed === false;
    this.requestUpdate();
  }

  /** In another tab, or by an import of progress. */
  #passedElsewhere(): void {
    if (this.#passed || passedAt(this.#step) === null) return;
    this.#passed = true;
    this.#stopWatching();
    // Of a sandbox that all tabs share it says nothing any more.
    if (this.#kind === 'live') this.#verdict = null;
    this.requestUpdate();
  }

  #wait({ tries, key }: Verdict): void {
    const last = tries.at(-1);
    this.#waitsForClient = key !== null;
    if (key !== null) this.#waits = html`Your word: <code>${key}</code> ${copyButton(key)}`;
    else if (last) this.#waits = `Waits for this: ${last.title}.`;
  }

  async #check(): Promise<void> {
    const done = await this.#action.do(async (signal) => {
      const [check, verdict, solution] = await Promise.all([
        import('./check.ts'),
        import('./verdict-view.ts'),
        import('./solution-view.ts'),
      ]);
      this.#views = { verdict, solution };
      if (this.#kind === 'live') return (await check.checkSandbox(this.#step, signal)) ?? nothingDeployed;
      await customElements.whenDefined('lab-code-editor');
      return check.checkFiles(this.#step, this.#texts(), signal);
    });
    if (done) await this.#take(done);
    else this.#say(this.#action.problem?.message ?? '');
    await this.updateComplete;
    reveal(this, '[data-result] .lab-outcome');
  }

  #texts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#solution).map((file) => [file, editorOf(file).text]));
  }

  async #take(verdict: Verdict): Promise<void> {
    this.#views ??= {
      verdict: await import('./verdict-view.ts'),
      solution: await import('./solution-view.ts'),
    };
    this.#verdict = verdict;
    if (this.#kind === 'live') this.#wait(verdict);
    for (const file of Object.keys(this.#solution))
      editorOf(file).mark(verdict.diagnostics.filter((each) => each.file === file));
    if (verdict.passed) this.#pass();
    this.#say(
      verdict.passed
        ? 'Passed.'
        : `Not yet. ${verdict.tries.at(-1)?.title ?? ''}: fails. ${verdict.hint ?? ''}`,
    );
  }

  #pass(): void {
    this.#passed = true;
    this.#stopWatching();
    const detail = { step: this.#step };
    this.dispatchEvent(new CustomEvent('lab-step-passed', { bubbles: true, composed: true, detail }));
  }

  #more(): void {
    if (this.#asked < this.#hints.length) {
      this.#asked += 1;
      this.#say(this.#hints[this.#asked - 1] ?? '');
    } else {
      this.#solutionShown = true;
      this.#say('The solution is below, as a difference to your file.');
    }
  }

  #solutionView(): TemplateResult | undefined {
    const files = Object.entries(this.#solution).map(([file, solution = '']) => ({
      file,
      mine: editorOf(file).text,
      solution,
    }));
    return this.#views?.solution.solutionView(files, {
      applied: this.#applied,
      apply: (file) => {
        editorOf(file).takeSolution(this.#solution[file] ?? '');
        this.#applied.add(file);
        this.#say('Applied to your file. Press Check, or Undo.');
      },
      undo: (file) => {
        editorOf(file).undo();
        this.#say('Your own text is back.');
      },
    });
  }

  #say(sentence: string): void {
    this.#said = sentence;
    this.requestUpdate();
  }
}

/** What the server would say of a sandbox that is not there. */
const nothingDeployed: Verdict = {
  passed: false,
  tries: [
    {
      title: 'You have an organization in the lab',
      passed: false,
      sent: null,
      expected: 'a deployment of yours',
      received: 'none yet, or it was forgotten after a day without use',
    },
  ],
  hint: 'Press Deploy in a step before this one: that makes your organization.',
  diagnostics: [],
  key: null,
};

customElements.define('lab-checkpoint', CheckpointElement);
