// How curl prints an answer: the head where asked for, the body as it comes, and all that it has to tell with `-v`.
import type { Header } from '../../gatewayscript/types.ts';
import type { CommandIo } from '../command.ts';
import type { CurlOptions } from './options.ts';

export interface AnswerPrinter {
  /** With `-v`, what is sent. */
  request(startLine: string, headers: readonly Header[]): void;
  head(startLine: string, headers: readonly Header[]): void;
  body(chunk: Buffer): void;
  /** Prints what is held back. */
  end(): void;
}

/** Bytes that a terminal's standard output holds back at most while no line is whole. */
const HELD_BYTES = 1_024;

export function createAnswerPrinter({ include, verbose }: CurlOptions, io: CommandIo): AnswerPrinter {
  const decoder = new TextDecoder();
  let held = '';
  const told = (sign: string, startLine: string, headers: readonly Header[]) => {
    if (!verbose) return;
    const lines = [startLine, ...headers.map(fieldLine), ''];
    io.stderr(lines.map((line) => `${sign} ${line}\n`).join(''));
  };
  return {
    request: (startLine, headers) => told('>', startLine, headers),
    head(startLine, headers) {
      told('<', startLine, headers);
      if (include) io.stdout([startLine, ...headers.map(fieldLine), '', ''].join('\n'));
    },
    body(chunk) {
      held += decoder.decode(chunk, { stream: true });
      const lineEnd = held.length > HELD_BYTES ? held.length : held.lastIndexOf('\n') + 1;
      if (lineEnd === 0) return;
      io.stdout(held.slice(0, lineEnd));
      held = held.slice(lineEnd);
    },
    end() {
      held += decoder.decode();
      if (held !== '') io.stdout(held);
      held = '';
    },
  };
}

function fieldLine([name, value]: Header): string {
  return value === '' ? `${name}:` : `${name}: ${value}`;
}
