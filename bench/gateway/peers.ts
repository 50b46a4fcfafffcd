// What the gateway is measured beside: each in a process of its own, all in front of the same backend, over plain TCP.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Peer {
  name: string;
  port: number;
  /** Request target of the handshake. */
  path: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts a script of this folder; its first line is the port. `env` goes to the child. */
export async function startPeer(
  name: string,
  file: string,
  env: Record<string, string> = {},
  path = '/',
): Promise<Peer> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(file, import.meta.url))],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { name, port: Number(line), path, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** nginx in front of the backend, with one worker; `null` with a sentence where it cannot be had. */
export async function startNginx(backendPort: number, port: number): Promise<Peer | null> {
  if (!hasNginx()) {
    console.log('(nginx is not here and cannot be installed: nothing is compared with it)');
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-nginx-'));
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `worker_processes 1; worker_rlimit_nofile 30000; daemon off; pid ${folder}/nginx.pid; error_log stderr error;
events { worker_connections 20000; }
http { access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  server { listen 127.0.0.1:${port} backlog=4096; location / { proxy_pass http://127.0.0.1:${backendPort}; proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; proxy_read_timeout 600s; } } }`,
  );
  const child = spawn('nginx', ['-c', config, '-p', folder], { stdio: ['ignore', 'inherit', 'inherit'] });
  return { name: 'nginx', port, path: '/', pid: child.pid ?? 0, stop: () => stop(child) };
}

function hasNginx(): boolean {
  const there = () => spawnSync('nginx', ['-v']).status === 0;
  if (there()) return true;
  if (process.getuid?.() !== 0) return false;
  spawnSync('apt-get', ['install', '-y', '-qq', 'nginx-light'], { stdio: 'ignore' });
  return there();
}
