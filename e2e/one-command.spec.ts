// `npm start` as a person meets it: what it prints, how it ends, what it says when a port is taken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'playwright/test';
import { WebSocket } from 'ws';

const ROOT = new URL('../', import.meta.url).pathname;
const FREE = { PORT: '0', GATEWAY_PORT: '0', BACKEND_PORT: '0', LOG_LEVEL: 'warn' };

let dataFolder: string;
test.beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'lab-start-'));
});
test.afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

function npmStart(environment: Record<string, string>) {
  // A group of its own, so that a signal to the group is what a terminal's Ctrl-C is.
  return spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, ...FREE, DATA_DIR: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

async function printedUrls(stdout: NodeJS.ReadableStream): Promise<string[]> {
  let printed = '';
  for await (const chunk of stdout) {
    printed += chunk;
    const urls = printed.match(/\b(?:https?|wss?):\/\/\S+(?=\n)/g) ?? [];
    if (urls.length === 3) return urls;
  }
  throw new Error(`npm start ended after printing:\n${printed}`);
}

test('npm start prints page, gateway and backend, one URL a line, and serves all three', async ({
  request,
}) => {
  const started = Date.now();
  const lab = npmStart({});
  const [page, gateway, backend] = await printedUrls(lab.stdout);
  const milliseconds = Date.now() - started;
  test.info().annotations.push({ type: 'second start', description: `${milliseconds} ms` });

  expect((await request.get(page ?? '')).ok()).toBe(true);
  expect(gateway).toMatch(/^wss:/);
  expect(backend).toMatch(/^ws:/);
  const socket = new WebSocket(backend ?? '');
  const [welcome] = await once(socket, 'message');
  expect(String(welcome)).toBe('Welcome to the WebSocket server!');

  process.kill(-Number(lab.pid), 'SIGINT');
  const [[code]] = await Promise.all([once(lab, 'exit'), once(socket, 'close')]);
  expect(code, 'Ctrl-C drains and exits 0').toBe(0);
});

for (const setting of ['PORT', 'GATEWAY_PORT', 'BACKEND_PORT']) {
  test(`a port in use is one line that names the port and ${setting}`, async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';

    const lab = npmStart({ [setting]: port });
    const [errors, [code]] = await Promise.all([text(lab.stderr), once(lab, 'exit')]);
    taken.close();

    expect(code).not.toBe(0);
    const lines = errors.split('\n').filter((line) => line && !line.startsWith('npm '));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`\\b${port}\\b.*\\b${setting}\\b`));
  });
}
