// A room of learners, each with a server of their own and two clients on it through the gateway: what it weighs, and how soon all answer.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { createSandbox, memoryOf } from './gateway/sandbox.ts';
import { type LabServer, startLab } from './lab-server.ts';
import { percentile } from './percentile.ts';
import { tell } from './tell.ts';

const LEARNERS = 200;
const CLIENTS = 2;
const WANTED_MIB = 1_536;
const AT_ONCE = 10;
const ROUNDS = 5;

const file = new URL(
  '../docs/content/docs/websocket-upgrade/02-server-file/websocket_server.js',
  import.meta.url,
);

export async function benchServers(): Promise<void> {
  const script = (await readFile(file, 'utf8')).replace('toUpperCase()', "split('').reverse().join('')");
  const lab = await startLab();
  const sockets: WebSocket[] = [];
  try {
    const before = await memoryOf(lab);
    const deployments: number[] = [];
    for (let learner = 0; learner < LEARNERS; learner += AT_ONCE) {
      const several = Array.from({ length: AT_ONCE }, () => learnerWithServer(lab, script, deployments));
      sockets.push(...(await Promise.all(several)).flat());
    }
    const waits: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      waits.push(
        ...(await Promise.all(sockets.map((socket, client) => answer(socket, `${round} ${client}`)))),
      );
    }
    const mib = (await memoryOf(lab)) / 2 ** 20;
    const who = `${LEARNERS} servers with ${CLIENTS} clients each`;
    tell(`${who}, memory of the lab`, mib, 'MiB', mib <= WANTED_MIB, `≤ ${WANTED_MIB}`);
    tell('  of it for a server and its clients', (mib - before / 2 ** 20) / LEARNERS, 'MiB');
    tell('  deploying a server, ten at once, p50', percentile(deployments, 0.5), 'ms');
    tell('  all clients send at once: an answer, p95', percentile(waits, 0.95), 'ms');
  } finally {
    for (const socket of sockets) socket.terminate();
    await lab.close();
  }
}

/** Makes a sandbox, deploys the script to it, and opens the clients; each has had its greeting. */
async function learnerWithServer(
  lab: LabServer,
  script: string,
  deployments: number[],
): Promise<WebSocket[]> {
  const { upgrade, path, authorization } = await createSandbox(lab);
  const startedAt = performance.now();
  const deployed = await fetch(new URL(`${path}/servers/8091`, lab.page), {
    method: 'PUT',
    headers: { authorization, 'content-type': 'text/javascript' },
    body: script,
  });
  if (!deployed.ok) throw new Error(`${deployed.status}: ${await deployed.text()}`);
  deployments.push(performance.now() - startedAt);
  const url = `ws://localhost:${upgrade.port}${upgrade.path}`;
  return Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const socket = new WebSocket(url);
      await once(socket, 'message');
      return socket;
    }),
  );
}

/** @returns milliseconds until the answer, which has to be the learner's own server's */
async function answer(socket: WebSocket, text: string): Promise<number> {
  const startedAt = performance.now();
  const answered = once(socket, 'message');
  socket.send(text);
  const [data] = await answered;
  const expected = `Processed message: ${[...text].reverse().join('')}`;
  if (String(data) !== expected) throw new Error(`${data} came, and not ${expected}`);
  return performance.now() - startedAt;
}
