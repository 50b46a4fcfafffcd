// Starts the built product as a process of its own on free ports, as a person would with `npm start`.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Lab {
  /** URLs as the server printed them; `page` without the slash at its end. */
  page: string;
  gateway: string;
  backend: string;
  process: ChildProcess;
  dataFolder: string;
  /** Stops it as Ctrl-C does; gives the exit code. */
  stop(): Promise<number | null>;
}

export interface LabOptions {
  /** Where the sandboxes are kept; a new folder, removed at the end, unless given. */
  dataFolder?: string;
  environment?: Record<string, string>;
}

const ROOT = new URL('../../', import.meta.url).pathname;

/** The first URL of each printed line, by the line's label. */
function readUrl(line: string): [label: string, url: string] | undefined {
  const match = /^(\w+)\s+(\S+:\/\/\S+)/.exec(line);
  return match?.[1] && match[2] ? [match[1].toLowerCase(), match[2]] : undefined;
}

export async function startLab({ dataFolder, environment = {} }: LabOptions = {}): Promise<Lab> {
  const folder = dataFolder ?? mkdtempSync(join(tmpdir(), 'lab-data-'));
  const server = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join('sandbox-server', 'main.ts')],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: '0',
        GATEWAY_PORT: '0',
        BACKEND_PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'warn',
        // On a busy machine too a lab gives the verdict.
        CHECK_SLOW_MS: '60000',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const urls = new Map<string, string>();
  for await (const line of createInterface({ input: server.stdout })) {
    const url = readUrl(line);
    if (url) urls.set(...url);
    if (urls.size === 3) break;
  }
  const [page, gateway, backend] = ['page', 'gateway', 'backend'].map((label) => urls.get(label));
  if (!page || !gateway || !backend)
    throw new Error(`The server printed ${[...urls.keys()].join(', ') || 'nothing'} and ended.`);

  return {
    page: page.replace(/\/$/, ''),
    gateway,
    backend,
    process: server,
    dataFolder: folder,
    async stop() {
      const runs = server.exitCode === null && server.signalCode === null;
      const ended = runs ? once(server, 'exit') : undefined;
      server.kill('SIGINT');
      await ended;
      if (!dataFolder) rmSync(folder, { recursive: true, force: true });
      return server.exitCode;
    },
  };
}
