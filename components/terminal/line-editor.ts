// Edits the line at the prompt: keys as a terminal sends them in, the line and its cursor out. Earlier lines come back by the arrow keys.

/** What a key has done that is more than a change of the line. */
export type LineDeed =
  | { kind: 'line'; text: string }
  | { kind: 'interrupt' }
  | { kind: 'end' }
  | { kind: 'clear' };

/** Lines that are remembered. */
const MOST_REMEMBERED = 100;

/** Characters that a line may have; what is pasted beyond them is not taken. The server runs 2,000 unless it is told otherwise. */
export const MOST_CHARACTERS = 10_000;

export class LineEditor {
  #characters: string[] = [];
  #cursor = 0;
  #remembered: string[] = [];
  /** Place among the remembered; at their end stands the line that is being written. */
  #at = 0;
  #draft = '';

  get text(): string {
    return this.#characters.join('');
  }

  /** The line up to the cursor. */
  get beforeCursor(): string {
    return this.#characters.slice(0, this.#cursor).join('');
  }

  /** Puts a line in the place of what is there. */
  set(text: string): void {
    this.#characters = Array.from(text);
    this.#cursor = this.#characters.length;
  }

  remember(line: string): void {
    if (line.trim() !== '' && this.#remembered.at(-1) !== line) this.#remembered.push(line);
    this.#remembered = this.#remembered.slice(-MOST_REMEMBERED);
    this.#at = this.#remembered.length;
    this.#draft = '';
  }

  /** Takes one key, as `keysOf` has it; gives what came of it. */
  press(key: string): LineDeed | null {
    switch (key) {
      case '\r':
      case '\n':
        return this.#enter();
      case '\x03':
        this.set('');
        return { kind: 'interrupt' };
      case '\x04':
        return this.#characters.length === 0 ? { kind: 'end' } : this.#edit(this.#cursor, this.#cursor + 1);
      case '\x0c':
        return { kind: 'clear' };
      case '\x7f':
      case '\b':
        return this.#edit(this.#cursor - 1, this.#cursor);
      case '\x1b[3~':
        return this.#edit(this.#cursor, this.#cursor + 1);
      case '\x15':
        return this.#edit(0, this.#cursor);
      case '\x0b':
        return this.#edit(this.#cursor, this.#characters.length);
      case '\x17':
        return this.#edit(/\S*\s*$/u.exec(this.beforeCursor)?.index ?? 0, this.#cursor);
      case '\x1b[A':
      case '\x1bOA':
        return this.#recall(-1);
      case '\x1b[B':
      case '\x1bOB':
        return this.#recall(1);
      case '\x1b[D':
      case '\x1bOD':
        return this.#move(this.#cursor - 1);
      case '\x1b[C':
      case '\x1bOC':
        return this.#move(this.#cursor + 1);
      case '\x01':
      case '\x1b[H':
      case '\x1bOH':
        return this.#move(0);
      case '\x05':
      case '\x1b[F':
      case '\x1bOF':
        return this.#move(this.#characters.length);
      default:
        return key === '\t' || key >= ' '
          ? this.#edit(this.#cursor, this.#cursor, key === '\t' ? ' ' : key)
          : null;
    }
  }

  /** A line that ends with a backslash goes on. */
  #enter(): LineDeed | null {
    const { text } = this;
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) {
      this.set(`${text}\n`);
      return null;
    }
    this.set('');
    return { kind: 'line', text };
  }

  #edit(from: number, to: number, put = ''): null {
    if (from < 0) return null;
    if (put !== '' && this.#characters.length >= MOST_CHARACTERS) return null;
    this.#characters.splice(from, to - from, ...Array.from(put));
    this.#cursor = from + Array.from(put).length;
    return null;
  }

  #move(to: number): null {
    this.#cursor = Math.max(0, Math.min(this.#characters.length, to));
    return null;
  }

  #recall(by: number): null {
    const to = this.#at + by;
    if (to < 0 || to > this.#remembered.length) return null;
    if (this.#at === this.#remembered.length) this.#draft = this.text;
    this.#at = to;
    this.set(this.#remembered[to] ?? this.#draft);
    return null;
  }
}
