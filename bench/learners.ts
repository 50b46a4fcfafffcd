// A room: 200 learners press Run within two seconds, over HTTP, on a server of its own process; perhaps some with an endless loop.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LEARNERS = 200;
const WITHIN_MS = 2_000;
const LOOP = 'let n = 0; for (;;) { n += 1; }';

export interface LabServer {
  page: string;
  close(): Promise<void>;
}

export async function startLab(): Promise<LabServer> {
  const data = await mkdtemp(join(tmpdir(), 'lab-bench-'));
  const ports = { PORT: '0', GATEWAY_PORT: '0', BACKEND_PORT: '0' };
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('../sandbox-server/main.ts', import.meta.url)),
    ],
    {
      env: { ...process.env, ...ports, DATA_DIR: data, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface(child.stdout)) {
    const page = /^page\s+(\S+)/.exec(line)?.[1];
    if (page === undefined) continue;
    return {
      page,
      async close() {
        child.kill('SIGTERM');
        await ended;
        await rm(data, { recursive: true, force: true });
      },
    };
  }
  throw new Error('the server ended before it told its page');
}

/** Milliseconds from the press to the answer, of those whose script is no loop. */
export async function room(page: string, script: string, loopShare: number): Promise<number[]> {
  const loops = Math.round(LEARNERS * loopShare);
  const waits = await Promise.all(
    Array.from({ length: LEARNERS }, async (_, learner) => {
      const isLoop = learner < loops;
      await sleep(Math.random() * WITHIN_MS);
      const ms = await press(page, isLoop ? LOOP : script, isLoop ? 'interrupted' : 'completed');
      return isLoop ? [] : [ms];
    }),
  );
  return waits.flat();
}

async function press(page: string, script: string, expected: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(new URL('/api/runs', page), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ script }),
  });
  const text = await response.text();
  const ms = performance.now() - startedAt;
  if (!text.includes(`"outcome":"${expected}"`)) throw new Error(`${response.status}: ${text.slice(0, 200)}`);
  return ms;
}
