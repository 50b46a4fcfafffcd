// `npm run dev`: the page's port answers for both, pages and HTTP interface, sockets included.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { WebSocket } from 'ws';
import { keptPort } from './lab/kept-port.ts';

test('npm run dev serves pages, runs and sockets on one port', async ({ request }) => {
  // Astro and the server are told theirs, and cannot be asked.
  const [PORT, DEV_SERVER_PORT] = await Promise.all([keptPort(), keptPort()]);
  const dataFolder = mkdtempSync(join(tmpdir(), 'lab-dev-'));
  const development = spawn('npm', ['run', 'dev'], {
    cwd: new URL('../', import.meta.url).pathname,
    env: {
      ...process.env,
      PORT,
      DEV_SERVER_PORT,
      GATEWAY_PORT: '0',
      BACKEND_PORT: '0',
      DATA_DIR: dataFolder,
      LOG_LEVEL: 'warn',
    },
    stdio: 'ignore',
    detached: true,
  });
  try {
    const page = `http://localhost:${PORT}`;
    const run = () =>
      request
        .post(`${page}/api/runs`, { data: { script: "context.set('message.status.code', 204);" } })
        .then((answer) => answer.json())
        .catch(() => null);
    await expect
      .poll(run, { timeout: 45_000 })
      .toMatchObject({ outcome: 'completed', response: { status: 204 } });
    expect((await request.get(`${page}/`)).ok()).toBe(true);
    const socket = new WebSocket(`ws://localhost:${PORT}/gateway/demo/sandbox/websocket-upgrade`);
    const [welcome] = await once(socket, 'message');
    expect(String(welcome)).toBe('Welcome to the WebSocket server!');
    socket.terminate();
  } finally {
    process.kill(-Number(development.pid), 'SIGINT');
    await once(development, 'exit');
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
