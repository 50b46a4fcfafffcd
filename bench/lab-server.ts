// The lab as `npm start` runs it, in a process of its own, for the benchmark to press.
import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface LabServer {
  page: string;
  /** The port of the gateway's TLS listener. */
  tlsPort: number;
  close(): Promise<void>;
}

/** `settings` are those that differ from the defaults. Its log goes to a file, as an operator's does; where it does not start, the file's text is thrown. */
export async function startLab(settings: Record<string, string> = {}): Promise<LabServer> {
  const data = await mkdtemp(join(tmpdir(), 'lab-bench-'));
  const log = join(data, 'log');
  const logFile = await open(log, 'w');
  const ports = { PORT: '0', GATEWAY_PORT: '0', BACKEND_PORT: '0' };
  const main = fileURLToPath(new URL('../sandbox-server/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...process.env, ...ports, DATA_DIR: data, ...settings },
    stdio: ['ignore', 'pipe', logFile.fd],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    await logFile.close();
    await rm(data, { recursive: true, force: true });
  };
  let page = '';
  for await (const line of createInterface(child.stdout ?? Readable.from([]))) {
    page ||= /^page\s+(\S+)/.exec(line)?.[1] ?? '';
    const tls = /^gateway\s+(\S+)/.exec(line)?.[1];
    if (tls !== undefined) return { page, tlsPort: Number(new URL(tls).port), close };
  }
  const told = await readFile(log, 'utf8');
  await close();
  throw new Error(`the server ended before it told its page: ${told}`);
}
