// A symptom that the reader produces, reads, mends and sees work, in their own sandbox.
import { html, LitElement, render, type TemplateResult } from 'lit';
import { Action } from '../lab-server/action.ts';
import { problemView } from '../lab-server/problem-view.ts';
import { reveal } from '../look/reveal.ts';
import { pageTexts } from '../page-texts.ts';
import { takeStage } from '../stage.ts';
import { actionsView } from './actions-view.ts';
import type { Evidence } from './evidence.ts';
import { type Scenario, scenario } from './scenario.ts';

type SideName = 'broken' | 'mended';

/** `<lab-symptom>`, written by Symptom.astro. */
export class SymptomElement extends LitElement {
  #action = new Action(this);
  #stage: 'fresh' | 'produced' | 'mended' = 'fresh';
  #evidence: Record<SideName, Evidence[]> = { broken: [], mended: [] };
  #base = '';
  #doing: string | undefined;
  #said = '';
  #view: typeof import('./evidence-view.ts').evidenceView | null = null;

  /** What has been seen so far; `npm run record` keeps it for readers without the server. */
  get evidence(): Readonly<Record<SideName, Evidence[]>> {
    return this.#evidence;
  }

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override render(): TemplateResult {
    return actionsView({
      stage: this.#stage,
      busy: this.#action.busy,
      ...(this.#doing === undefined ? {} : { doing: this.#doing }),
      produce: () => void this.#run('broken'),
      mend: () => void this.#run('mended'),
      undo: () => void this.#undo(),
      said: this.#said,
    });
  }

  override updated(): void {
    const place = this.querySelector<HTMLElement>('[data-evidence]');
    if (!place) return;
    const view = this.#view;
    const sides = (['broken', 'mended'] as const).filter((name) => this.#evidence[name].length > 0);
    place.hidden = sides.length === 0 && !this.#action.problem;
    // Where the server is away, what was recorded is what there is to read.
    const recorded = this.querySelector<HTMLDetailsElement>('[data-recorded]');
    if (recorded && this.#action.problem && sides.length === 0) recorded.open = true;
    render(
      html`${this.#action.problem ? problemView(this.#action) : null}
      ${view ? sides.map((name) => view(name, this.#evidence[name], this.#base)) : null}`,
      place,
    );
  }

  #scenario(): Scenario {
    return scenario.parse(JSON.parse(pageTexts(this).scenario ?? '{}'));
  }

  async #run(name: SideName): Promise<void> {
    const texts = pageTexts(this);
    const asked = this.#scenario();
    if (name === 'broken') this.#evidence = { broken: [], mended: [] };
    else this.#evidence = { ...this.#evidence, mended: [] };
    const done = await this.#action.do(async (signal) => {
      const [{ runSide }, { evidenceView }] = await Promise.all([
        import('./run-side.ts'),
        import('./evidence-view.ts'),
      ]);
      this.#view = evidenceView;
      const product = name === 'broken' ? texts.product : texts.productMended;
      const sideTexts = { definition: texts[name] ?? '', product: product ?? null };
      return runSide(asked, asked[name], sideTexts, signal, (step) => {
        if ('doing' in step) this.#doing = step.doing;
        else this.#evidence = { ...this.#evidence, [name]: [...this.#evidence[name], step.evidence] };
        this.requestUpdate();
      });
    });
    this.#doing = undefined;
    if (done) {
      this.#stage = name === 'broken' ? 'produced' : 'mended';
      this.#base = done;
      this.#said =
        name === 'broken'
          ? 'The symptom is produced; the evidence is below.'
          : 'Mended; the new evidence is below.';
    } else this.#said = this.#action.problem?.message ?? '';
    this.requestUpdate();
    await this.updateComplete;
    reveal(this, done ? `[data-side=${name}] .lab-outcome` : '.lab-problem');
  }

  async #undo(): Promise<void> {
    const asked = this.#scenario();
    const product = pageTexts(this).product !== undefined;
    const done = await this.#action.do(async (signal) => {
      const { undo } = await import('./run-side.ts');
      await undo(asked, product, signal);
      return true;
    });
    if (!done) return;
    this.#stage = 'fresh';
    this.#evidence = { broken: [], mended: [] };
    this.#said = 'All is taken away: the switches are at their defaults, and the API is removed.';
    this.requestUpdate();
  }
}

customElements.define('lab-symptom', SymptomElement);
