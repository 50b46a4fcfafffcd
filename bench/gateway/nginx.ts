// nginx as a gateway to the same backend: found, or installed where that is possible, and run with a configuration of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, ended } from './child-process.ts';
import { connectTo } from './client.ts';

/** One worker, as Node has one thread; access log off, as the pipe has none either. */
function configuration(folder: string, port: number, backend: number): string {
  return `
daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid ${folder}/pid;
error_log ${folder}/error.log crit;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://127.0.0.1:${backend};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection Upgrade;
      proxy_read_timeout 600s;
    }
  }
}
`;
}

/** The one that runs, or the sentence why there is none. */
export async function startNginx(backend: number): Promise<Child | string> {
  if (!present() && !installed())
    return 'nginx is not there and could not be installed (apt-get install nginx-light, as root): not compared.';
  const folder = await mkdtemp(join(tmpdir(), 'nginx-bench-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port, backend));
  const child = spawn('nginx', ['-c', file, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const end = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  if (await answers(port, () => child.exitCode === null)) return { port, end };
  await end();
  return 'nginx did not start: not compared.';
}

const present = () => spawnSync('nginx', ['-v']).status === 0;

function installed(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...given: string[]) => spawnSync('apt-get', given, { env, stdio: 'ignore' }).status === 0;
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'nginx-light') && present();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function answers(port: number, runs: () => boolean): Promise<boolean> {
  for (let attempts = 0; attempts < 100 && runs(); attempts += 1) {
    const socket = await connectTo(port).catch(() => null);
    socket?.destroy();
    if (socket) return true;
    await sleep(50);
  }
  return false;
}
