// The form of the reader's names, and a command below it that carries them at once.
import { LitElement, type TemplateResult } from 'lit';
import { takeStage } from '../stage.ts';
import { nameProblem, readNames, writeNames } from './kept-names.ts';
import { type NameKind, type Names, withNames } from './name-places.ts';
import { namesForm } from './names-form.ts';

/** `<lab-your-names>`, written by YourNames.astro. */
export class YourNamesElement extends LitElement {
  /** As typed, right or wrong; only right ones are kept. */
  #typed: Names = {};
  #said: string | undefined;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    this.#typed = readNames();
    super.connectedCallback();
  }

  override render(): TemplateResult {
    return namesForm({
      names: this.#typed,
      ...(this.#said === undefined ? {} : { said: this.#said }),
      type: (kind, text) => this.#type(kind, text),
      forget: () => this.#forget(),
    });
  }

  override updated(): void {
    for (const example of this.querySelectorAll<HTMLElement>('[data-example]'))
      example.textContent = withNames(example.dataset.example ?? '', this.#right());
  }

  #right(): Names {
    const right = Object.entries(this.#typed).filter(
      ([kind, text]) => isKind(kind) && text !== '' && nameProblem(kind, text) === null,
    );
    return Object.fromEntries(right);
  }

  #type(kind: NameKind, text: string): void {
    this.#typed = { ...this.#typed, [kind]: text };
    this.#keep('Kept. The commands and definitions on all pages carry it.');
  }

  #forget(): void {
    this.#typed = {};
    this.#keep('The pages carry the lab’s names again.');
  }

  #keep(done: string): void {
    const wrong = Object.entries(this.#typed).some(
      ([kind, text]) => isKind(kind) && nameProblem(kind, text) !== null,
    );
    const kept = writeNames(this.#right());
    this.#said = wrong
      ? 'A name with a mistake is not kept.'
      : kept
        ? done
        : 'This browser keeps nothing, so the names are gone when you leave.';
    this.requestUpdate();
  }
}

function isKind(kind: string): kind is NameKind {
  return kind === 'gateway' || kind === 'organization' || kind === 'catalog' || kind === 'backend';
}

customElements.define('lab-your-names', YourNamesElement);
