// Holds the reader's progress while a page is open, and keeps it in the browser as far as the browser lets it.
import {
  isStepId,
  LONGEST_HEADING,
  MOST_STEPS,
  merged,
  NOTHING,
  type Progress,
  parseProgress,
  progressText,
} from './progress-document.ts';

export const PROGRESS_KEY = 'lab.progress';
/** What stood under the key and could not be read: it waits here until the reader saves or discards it. */
export const ASIDE_KEY = 'lab.progress.aside';

/** As ../stored.ts: neither throws, and `write` says whether it worked. */
export interface Storage {
  read(key: string): string | null;
  write(key: string, value: string | null): boolean;
}

export class ProgressStore {
  readonly #storage: Storage;
  readonly #listeners = new Set<() => void>();
  #progress: Progress = NOTHING;
  /** Whether the browser has all of it; if not, it lives as long as the page. */
  #isKept = true;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#progress = this.#latest();
  }

  get progress(): Progress {
    return this.#progress;
  }

  get isKept(): boolean {
    return this.#isKept;
  }

  /** A text that could not be read, with the reason; `null` when there is none. */
  get aside(): { text: string; problem: string } | null {
    const text = this.#storage.read(ASIDE_KEY);
    if (text === null) return null;
    const parsed = parseProgress(text);
    return {
      text,
      problem: 'problem' in parsed ? parsed.problem : 'It can be read by now: save it and open it.',
    };
  }

  /** Calls after every change, also one in another tab. Gives the function that ends this. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Keeps that a step was passed; one that was passed before keeps its time. */
  pass(step: string, at: string): void {
    if (!isStepId(step)) return;
    this.#change((now) =>
      now.passed.has(step) || now.passed.size >= MOST_STEPS
        ? now
        : { ...now, passed: new Map([...now.passed, [step, at]]) },
    );
  }

  visit(step: string, at: string, heading: string): void {
    if (!isStepId(step)) return;
    const last = { step, at, heading: heading.length > LONGEST_HEADING ? '' : heading };
    this.#change((now) => ({ ...now, last }));
  }

  /** Says what is wrong when both together are too many steps. */
  add(other: Progress): string | null {
    const both = merged(this.#latest(), other);
    if (both.passed.size > MOST_STEPS) return `With it there would be more than ${MOST_STEPS} steps.`;
    this.#change(() => both);
    return null;
  }

  /** Gives what was forgotten, for a way back. */
  forget(): Progress {
    const before = this.#latest();
    this.#progress = NOTHING;
    this.#isKept = this.#makeRoom() && this.#storage.write(PROGRESS_KEY, null);
    this.#tell();
    return before;
  }

  discardAside(): void {
    this.#storage.write(ASIDE_KEY, null);
    this.#change((now) => now);
  }

  /** Takes over what another tab has written. */
  reread(): void {
    this.#progress = this.#latest();
    this.#tell();
  }

  /** Finds out whether the browser keeps anything, by keeping what there is. */
  tryKeeping(): boolean {
    this.#change((now) => now);
    return this.#isKept;
  }

  #change(edit: (now: Progress) => Progress): void {
    // Another tab may have written since: its steps must not be lost.
    this.#progress = edit(this.#latest());
    this.#isKept = this.#makeRoom() && this.#storage.write(PROGRESS_KEY, progressText(this.#progress));
    this.#tell();
  }

  /** What the browser has now, with what it would not take before. */
  #latest(): Progress {
    const text = this.#storage.read(PROGRESS_KEY);
    const parsed = text === null ? { progress: NOTHING } : parseProgress(text);
    const kept = 'progress' in parsed ? parsed.progress : NOTHING;
    return this.#isKept ? kept : merged(kept, this.#progress);
  }

  /** Puts aside what cannot be read. `false` when it cannot: then it stays where it is, and nothing is written over it. */
  #makeRoom(): boolean {
    const text = this.#storage.read(PROGRESS_KEY);
    if (text === null || 'progress' in parseProgress(text)) return true;
    const aside = this.#storage.read(ASIDE_KEY);
    return aside === text || (aside === null && this.#storage.write(ASIDE_KEY, text));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
