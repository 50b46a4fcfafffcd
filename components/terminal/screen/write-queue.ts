// Writes to a terminal one after the other: what a step writes may depend on where the last one has left the cursor.

/** Text as it is, or text that is made when its turn comes; `taken` is called when it stands there. */
export type Step = string | { make(): string; taken?: () => void };

/** `write` calls back when the terminal has taken the text. Texts that wait together are written together. */
export function createWriteQueue(write: (text: string, taken: () => void) => void): (step: Step) => void {
  const waiting: Step[] = [];
  let busy = false;

  function next(): void {
    const step = waiting.shift();
    busy = step !== undefined;
    if (step === undefined) return;
    if (typeof step === 'string') {
      let text = step;
      while (typeof waiting[0] === 'string') text += waiting.shift();
      write(text, next);
    } else {
      write(step.make(), () => {
        step.taken?.();
        next();
      });
    }
  }

  return (step) => {
    waiting.push(step);
    if (!busy) next();
  };
}
