// Says sentences to screen readers, at most one in a while: the newest counts, so that a burst of frames is no flood.

export class Announcer {
  #say: (sentence: string) => void;
  #pause: number;
  #waiting: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `pause`: milliseconds between two sentences at least. */
  constructor(say: (sentence: string) => void, pause = 1000) {
    this.#say = say;
    this.#pause = pause;
  }

  announce(sentence: string): void {
    if (this.#timer !== undefined) {
      this.#waiting = sentence;
      return;
    }
    this.#say(sentence);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const next = this.#waiting;
      this.#waiting = null;
      if (next !== null && next !== sentence) this.announce(next);
    }, this.#pause);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = null;
  }
}
