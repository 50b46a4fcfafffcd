// What the tests of the terminal's programs share: a TLS server that says the very bytes it is told, and a program run against it.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { loadCertificate } from '../gateway/certificate.ts';
import type { Command, CommandIo, Surroundings } from './command.ts';
import { createInput } from './command-input.ts';
import { Ended, INTERRUPTED } from './ended.ts';
import { splitWords } from './line/split-words.ts';

export interface RawServer {
  port: number;
  /** Heads of the requests, as they came. */
  heads: string[];
  sockets: TLSSocket[];
}

const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const certificate = loadCertificate(folder, []);

/** Calls `answer` with each request's head, and then with nothing more: what the client sends is read by the test. */
export async function startRawServer(answer: (head: string, socket: TLSSocket) => void): Promise<RawServer> {
  const server = createServer(await certificate);
  const started: RawServer = { port: 0, heads: [], sockets: [] };
  server.on('secureConnection', (socket) => {
    started.sockets.push(socket);
    socket.on('error', () => {});
    let head = '';
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      started.heads.push(head);
      answer(head, socket);
    };
    socket.on('data', read);
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of started.sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  started.port = typeof address === 'object' && address !== null ? address.port : 0;
  return started;
}

export const keyOf = (head: string) => /^Sec-WebSocket-Key: (.*)$/im.exec(head)?.[1]?.trim() ?? '';

/** The surroundings of the organization `maple-heron`, whose gateway is this server. */
export function surroundingsAt(port: number, more: Partial<Surroundings> = {}): Surroundings {
  return {
    endpoint: {
      organization: 'maple-heron',
      catalog: 'sandbox',
      hostnames: new Set(['localhost', '127.0.0.1', 'maple-heron.localhost']),
      port,
      wss: `wss://localhost:${port}/maple-heron/sandbox`,
    },
    gateway: { host: '127.0.0.1', port },
    maxMessageBytes: 100_000,
    basePaths: () => [],
    server: { start: async () => ({ is: 'refused', why: 'No server here.' }) },
    ...more,
  };
}

export interface RunningCommand {
  /** What was written so far, by stream. */
  printed: { stdout: string; stderr: string; note: string };
  exit: Promise<number>;
  type(text: string): void;
  endInput(): void;
  /** Ends it from outside; without a reason, by Ctrl-C. */
  interrupt(reason?: Ended): void;
  /** Resolves when the stream holds the text. */
  until(stream: 'stdout' | 'stderr' | 'note', text: string): Promise<void>;
}

/** A page that takes everything at once. */
const QUICK: Pick<CommandIo, 'behind' | 'caughtUp'> = { behind: () => false, caughtUp: async () => {} };

/** Runs the words behind the program's name, written as a line. */
export function runCommand(
  command: Command,
  line: string,
  around: Surroundings,
  page = QUICK,
  file: string | null = null,
): RunningCommand {
  const split = splitWords(line);
  if ('problem' in split) throw new Error(split.problem.message);
  const input = createInput(65_536);
  const abort = new AbortController();
  onTestFinished(() => abort.abort(new Error('the test is over')));
  const printed = { stdout: '', stderr: '', note: '' };
  let looks: (() => void)[] = [];
  const write = (stream: keyof typeof printed) => (text: string) => {
    printed[stream] += text;
    const looking = looks;
    looks = [];
    for (const look of looking) look();
  };
  const exit = command(
    split.words,
    {
      stdout: write('stdout'),
      stderr: write('stderr'),
      note: write('note'),
      ...page,
      input,
      file,
      signal: abort.signal,
    },
    around,
  );
  exit.catch(() => {});
  return {
    printed,
    exit,
    type: (text) => void input.push(text),
    endInput: () => input.end(),
    interrupt: (reason = new Ended(INTERRUPTED, 'interrupted')) => abort.abort(reason),
    async until(stream, text) {
      while (!printed[stream].includes(text)) await new Promise<void>((resolve) => looks.push(resolve));
    },
  };
}
