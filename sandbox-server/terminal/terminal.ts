// One terminal: takes a line, runs one program at a time, hands it what is typed, and tells what it prints and how it ended.
import type { Command, CommandIo, Surroundings } from './command.ts';
import { createInput, type OpenInput } from './command-input.ts';
import { commandNamed } from './commands.ts';
import { Ended, INTERRUPTED } from './ended.ts';
import { splitWords } from './line/split-words.ts';

/** `note` is the lab's own, which the program itself would not print. */
export type TerminalStream = 'stdout' | 'stderr' | 'note';

/** What a terminal tells. */
export type TerminalEvent =
  | { type: 'output'; stream: TerminalStream; text: string }
  | { type: 'exit'; code: number }
  /** Of a message that could not be taken; a program that runs goes on. */
  | { type: 'error'; error: { code: string; message: string; hint: string } };

export type TerminalSignal = 'interrupt' | 'end-of-input';

export interface TerminalLimits {
  /** Bytes typed for a program that has not read them. */
  inputBytes: number;
  /** Milliseconds that a program may run. */
  runMs: number;
  /** Milliseconds without input and output. */
  idleMs: number;
}

export interface TerminalParts {
  limits: TerminalLimits;
  around: Surroundings;
  tell(event: TerminalEvent): void;
  /** Whether what was told waits, and when it does no more. */
  behind(): boolean;
  caughtUp(): Promise<void>;
  /** A program failed in a way that nobody foresaw. */
  mistake(error: unknown): void;
}

export interface Terminal {
  /** `file`: the reader's server file, where the page has it. */
  run(line: string, file?: string | null): void;
  type(text: string): void;
  signal(signal: TerminalSignal): void;
  /** Ends the program. Nothing more is told. */
  close(): void;
}

interface Running {
  input: OpenInput;
  abort: AbortController;
  file: string | null;
  /** Something happened: the idle time begins anew. */
  stir(): void;
}

export function createTerminal({ limits, around, tell, behind, caughtUp, mistake }: TerminalParts): Terminal {
  let running: Running | null = null;
  let closed = false;

  const refuse = (code: string, message: string, hint: string) =>
    tell({ type: 'error', error: { code, message, hint } });

  async function runCommand(command: Command, words: readonly string[], program: Running): Promise<void> {
    const { abort, input, file, stir } = program;
    const write = (stream: TerminalStream) => (text: string) => {
      if (closed || text === '') return;
      stir();
      tell({ type: 'output', stream, text });
    };
    const io: CommandIo = {
      stdout: write('stdout'),
      stderr: write('stderr'),
      note: write('note'),
      behind,
      caughtUp,
      input,
      file,
      signal: abort.signal,
    };
    let code: number;
    try {
      code = await command(words, io, around);
    } catch (error) {
      code = 1;
      if (!abort.signal.aborted) {
        mistake(error);
        io.note('The lab made a mistake of its own; the operator’s log has the cause.\n');
      }
    }
    running = null;
    if (closed) return;
    const { reason }: { reason?: unknown } = abort.signal;
    if (reason instanceof Ended) {
      code = reason.exit;
      io.note(reason.message);
    }
    tell({ type: 'exit', code });
  }

  return {
    run(line, file = null) {
      if (closed) return;
      if (running)
        return refuse(
          'command-running',
          'A program still runs.',
          'End it with Ctrl-C, or its input with Ctrl-D.',
        );
      const split = splitWords(line);
      if ('problem' in split) return refuse('line-not-run', split.problem.message, split.problem.hint);
      const [name, ...words] = split.words;
      if (name === undefined) return tell({ type: 'exit', code: 0 });

      const abort = new AbortController();
      const over = setTimeout(
        () =>
          abort.abort(new Ended(124, `Ended: a program may run ${limits.runMs / 60_000} minutes here.\n`)),
        limits.runMs,
      );
      const idle = setTimeout(
        () =>
          abort.abort(
            new Ended(124, `Ended, since nothing came or went for ${limits.idleMs / 60_000} minutes.\n`),
          ),
        limits.idleMs,
      );
      const input = createInput(limits.inputBytes);
      const program: Running = { abort, input, file, stir: () => idle.refresh() };
      running = program;
      void runCommand(commandNamed(name), words, program).finally(() => {
        clearTimeout(over);
        clearTimeout(idle);
      });
    },
    type(text) {
      // What was typed as the program ended goes nowhere, as in any terminal.
      if (!running) return;
      running.stir();
      if (running.input.push(text)) return;
      refuse(
        'input-waits',
        'The program does not read as fast as you type; this was not sent.',
        'Wait, then send it again.',
      );
    },
    signal(signal) {
      if (!running) return;
      if (signal === 'interrupt') running.abort.abort(new Ended(INTERRUPTED, ''));
      else running.input.end();
    },
    close() {
      closed = true;
      running?.abort.abort(new Ended(129, ''));
    },
  };
}
