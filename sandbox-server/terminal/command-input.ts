// What the reader types for a running program: kept until the program reads it, within a bound.

export interface CommandInput {
  /** Pieces as they were sent. Ends with the input; rejects when the signal aborts. */
  chunks(signal: AbortSignal): AsyncGenerator<string, void, undefined>;
  /** Whole lines, each with its `\n`; the last may come without one, and one of more bytes than may wait comes in pieces. */
  lines(signal: AbortSignal): AsyncGenerator<string, void, undefined>;
}

export interface OpenInput extends CommandInput {
  /** Says no where more would wait than may. */
  push(text: string): boolean;
  end(): void;
}

/** `maxBytes` may wait. */
export function createInput(maxBytes: number): OpenInput {
  const waiting: string[] = [];
  let bytes = 0;
  let ended = false;
  let wake = () => {};

  async function* chunks(signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    for (;;) {
      signal.throwIfAborted();
      const text = waiting.shift();
      if (text !== undefined) {
        bytes -= Buffer.byteLength(text);
        yield text;
      } else if (ended) return;
      else await woken(signal);
    }
  }

  function woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      wake = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
    });
  }

  return {
    chunks,
    async *lines(signal) {
      let rest = '';
      for await (const chunk of chunks(signal)) {
        rest += chunk;
        for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
          yield rest.slice(0, end + 1);
          rest = rest.slice(end + 1);
        }
        if (Buffer.byteLength(rest) <= maxBytes) continue;
        yield rest;
        rest = '';
      }
      if (rest !== '') yield rest;
    },
    push(text) {
      const more = Buffer.byteLength(text);
      if (ended || bytes + more > maxBytes) return false;
      bytes += more;
      waiting.push(text);
      wake();
      return true;
    },
    end() {
      ended = true;
      wake();
    },
  };
}
