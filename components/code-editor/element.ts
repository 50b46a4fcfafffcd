// A lesson's file as an editor: still code until the reader shows intent, then a field; edits, reset and solution.
import { LitElement, type TemplateResult } from 'lit';
import { chooseField, prefetchField } from '../code-field/choose-field.ts';
import type { CodeField, Mark } from '../code-field/code-field.ts';
import { readNames } from '../names/kept-names.ts';
import { withNames } from '../names/name-places.ts';
import { pageTexts } from '../page-texts.ts';
import { takeStage } from '../stage.ts';
import { EditedText } from './edited-text.ts';
import { keysHint } from './keys-hint.ts';
import { StillCode } from './still-code.ts';
import { type Tool, toolsView } from './tools-view.ts';

/** Milliseconds that the button says what came of the copy. */
const COPIED_MS = 2_000;

/**
 * `<lab-code-editor>`, written by CodeEditor.astro.
 * Events, both bubbling: `lab-edit` when the text has changed, `lab-run` on Ctrl-Enter or Cmd-Enter.
 */
export class CodeEditorElement extends LitElement {
  #document = new EditedText('', '', null);
  #place: HTMLElement | null = null;
  #still: StillCode | null = null;
  #field: CodeField | null = null;
  #opening: Promise<CodeField> | null = null;
  /** `null` until somebody has marked the text. */
  #marks: readonly Mark[] | null = null;
  #file = '';
  #copied: 'yes' | 'refused' | null = null;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    if (!this.#place) this.#adopt();
    super.connectedCallback();
    window.addEventListener('beforeprint', this.#beforePrint);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('beforeprint', this.#beforePrint);
    super.disconnectedCallback();
  }

  get text(): string {
    return this.#document.text;
  }

  /** Takes a text as if the reader had typed it. */
  set text(text: string) {
    this.#unmark();
    this.#document.type(text);
    this.#show();
  }

  /** Takes a solution, which `undo` takes back until the reader types. */
  takeSolution(text: string): void {
    this.#change(() => this.#document.takeSolution(text));
  }

  /** Takes the last reset or solution back. */
  undo(): void {
    this.#change(() => this.#document.undo());
  }

  /** Marks places in the text; they stay until the next call, or until another text takes its place. */
  mark(marks: readonly Mark[]): void {
    this.#marks = marks;
    this.#field?.mark(marks);
  }

  async goTo(line: number, column?: number): Promise<void> {
    (await this.open()).goTo(line, column);
  }

  /** Brings the field; the focus stays where it is. */
  open(): Promise<CodeField> {
    this.#opening ??= this.#bringField();
    return this.#opening;
  }

  /** Brings the field once the browser has painted what stands in the page now, which it would only delay. */
  openAfterPaint(): void {
    requestAnimationFrame(() => setTimeout(() => void this.open()));
  }

  override render(): TemplateResult {
    const { changed, solution, undoable, text } = this.#document;
    return toolsView({
      changed,
      solution: solution === null ? 'none' : text === solution ? 'shown' : 'hidden',
      undoable,
      named: withNames(text, readNames()) !== text,
      copied: this.#copied,
      act: (deed) => this.#act(deed),
    });
  }

  /** Paper takes the still code: an open editor draws only the lines that are in sight. */
  #beforePrint = (): void => this.#still?.show(this.text);

  #act(deed: Tool): void {
    if (deed === 'edit') void this.#enter();
    else if (deed === 'copy') void this.#copy();
    else if (deed === 'undo') this.#change(() => this.#document.undo());
    else if (deed === 'reset') this.#change(() => this.#document.reset());
    else this.#change(() => this.#document.showSolution());
  }

  /** The text with the reader's own names, for their own gateway. */
  async #copy(): Promise<void> {
    this.#copied = await navigator.clipboard.writeText(withNames(this.text, readNames())).then(
      () => 'yes' as const,
      () => 'refused' as const,
    );
    this.requestUpdate();
    setTimeout(() => {
      this.#copied = null;
      this.requestUpdate();
    }, COPIED_MS);
  }

  #adopt(): void {
    const { id = '', file = '', source = '', solution } = pageTexts(this);
    this.#file = file;
    this.#document = new EditedText(id, source, solution ?? null);
    this.#place = this.querySelector<HTMLElement>('.lab-field');
    const still = this.#place?.querySelector<HTMLElement>('.lab-still');
    if (!this.#place || !still) return;
    this.#still = new StillCode(still, source);
    this.#still.show(this.text);
    this.#place.addEventListener('pointerenter', prefetchField, { once: true });
    this.#place.addEventListener('focus', () => void this.#enter());
  }

  async #enter(): Promise<void> {
    const field = await this.open();
    // While the editor was fetched the reader may have gone elsewhere.
    const active = document.activeElement;
    if (!active || active === document.body || this.contains(active)) field.focus();
  }

  async #bringField(): Promise<CodeField> {
    const place = document.createElement('div');
    place.className = 'lab-live';
    this.#place?.append(place);
    const { lang } = this.dataset;
    const language = lang === 'yaml' || lang === 'server-js' ? lang : 'js';
    const field = await chooseField(place, {
      language,
      text: this.text,
      label: `${this.#file}. ${keysHint(language)}`,
      onInput: (text) => this.#change(() => this.#document.type(text), false),
      onRun: () => this.dispatchEvent(new CustomEvent('lab-run', { bubbles: true })),
    });
    this.#field = field;
    this.#still?.hide();
    this.#place?.removeAttribute('tabindex');
    if (this.#marks) field.mark(this.#marks);
    if (field.text !== this.text) field.setText(this.text);
    return field;
  }

  #unmark(): void {
    this.#marks = null;
    this.#field?.mark([]);
  }

  /** `show` is false where the reader typed: the text stands there already, and its marks move with it. */
  #change(act: () => void, show = true): void {
    if (show) this.#unmark();
    act();
    if (show) this.#show();
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('lab-edit', { bubbles: true }));
  }

  #show(): void {
    if (this.#field) this.#field.setText(this.text);
    else this.#still?.show(this.text);
    this.requestUpdate();
  }
}

customElements.define('lab-code-editor', CodeEditorElement);
