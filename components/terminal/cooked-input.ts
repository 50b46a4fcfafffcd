// What is typed for a running program: echoed as it is typed, and sent line by line, as a terminal's driver does it.

export type CookedDeed =
  | { kind: 'echo'; text: string }
  | { kind: 'input'; text: string }
  | { kind: 'signal'; signal: 'interrupt' | 'end-of-input' };

/** Characters of a line; a terminal takes no more until the line ends (POSIX, MAX_CANON; Linux has 4,095). */
const MOST_CHARACTERS = 4_095;

export class CookedInput {
  #line: string[] = [];

  /** `keys` as `keysOf` has them. */
  *feed(keys: readonly string[]): Generator<CookedDeed, void, undefined> {
    for (const key of keys) {
      switch (key) {
        case '\r':
        case '\n':
          yield { kind: 'echo', text: '\r\n' };
          yield { kind: 'input', text: `${this.#take()}\n` };
          break;
        case '\x03':
          this.#line = [];
          yield { kind: 'echo', text: '^C\r\n' };
          yield { kind: 'signal', signal: 'interrupt' };
          break;
        case '\x04':
          // In the midst of a line it sends what is there (POSIX, General Terminal Interface, §11.1.9).
          if (this.#line.length > 0) yield { kind: 'input', text: this.#take() };
          else yield { kind: 'signal', signal: 'end-of-input' };
          break;
        case '\x7f':
        case '\b':
          if (this.#line.pop() !== undefined) yield { kind: 'echo', text: '\b \b' };
          break;
        case '\x15':
          yield { kind: 'echo', text: '\b \b'.repeat(this.#line.length) };
          this.#line = [];
          break;
        default:
          // Keys that move or recall mean nothing to a line that is only ever written at its end.
          if ((key < ' ' && key !== '\t') || this.#line.length >= MOST_CHARACTERS) break;
          this.#line.push(key);
          yield { kind: 'echo', text: key };
      }
    }
  }

  /** The program has ended: what was not sent is forgotten. */
  clear(): void {
    this.#line = [];
  }

  #take(): string {
    const line = this.#line.join('');
    this.#line = [];
    return line;
  }
}
