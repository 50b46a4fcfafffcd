// The text of one editor through its life: start, edits, solution, reset, and the way back from each.
import { readStored, writeStored } from '../stored.ts';

/** What can be taken back, and the text before it. */
export interface Step {
  kind: 'reset' | 'solution';
  before: string;
}

/** Keeps the reader's text under `lab.edit.v1.<id>` as long as it differs from the start. */
export class EditedText {
  readonly start: string;
  readonly solution: string | null;
  #key: string;
  #text: string;
  #step: Step | null = null;

  constructor(id: string, start: string, solution: string | null) {
    this.start = start;
    this.solution = solution;
    this.#key = `lab.edit.v1.${id}`;
    this.#text = readStored(this.#key) ?? start;
  }

  get text(): string {
    return this.#text;
  }

  get changed(): boolean {
    return this.#text !== this.start;
  }

  /** The reset or solution that `undo` takes back; typing after it makes it final. */
  get undoable(): Step['kind'] | null {
    return this.#step?.kind ?? null;
  }

  /** The reader typed. */
  type(text: string): void {
    if (text === this.#text) return;
    this.#step = null;
    this.#keep(text);
  }

  reset(): void {
    this.#take('reset', this.start);
  }

  showSolution(): void {
    if (this.solution !== null) this.#take('solution', this.solution);
  }

  /** One that comes from outside the editor, e.g. from a checkpoint. */
  takeSolution(text: string): void {
    this.#take('solution', text);
  }

  undo(): void {
    if (!this.#step) return;
    const { before } = this.#step;
    this.#step = null;
    this.#keep(before);
  }

  #take(kind: Step['kind'], text: string): void {
    if (text === this.#text) return;
    this.#step = { kind, before: this.#text };
    this.#keep(text);
  }

  #keep(text: string): void {
    this.#text = text;
    writeStored(this.#key, text === this.start ? null : text);
  }
}
