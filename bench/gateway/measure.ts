// The gateway beside nginx and the bare pipe: interleaved rounds of the same load, and the medians of them.
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { percentile } from '../percentile.ts';
import { pingPong, shakeHands } from './client.ts';
import type { Peer } from './peers.ts';

const SECONDS = 2;
const ROUNDS = 3;
/** Handshakes under way at once, where many connections are opened. */
const AT_ONCE = 50;

export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p99: number;
}

async function openMany(peer: Peer, count: number, path = peer.path): Promise<Socket[]> {
  const sockets: Socket[] = [];
  let next = 0;
  const open = async () => {
    for (; next < count; ) {
      next += 1;
      // A loopback address has some 28,000 ports to come from.
      sockets.push(await shakeHands(peer.port, path, `127.0.0.${2 + (next % 4)}`));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, open));
  return sockets;
}

/** Messages a second and their p99, by peer: medians over interleaved rounds. */
export async function messages(peers: readonly Peer[], clients: number): Promise<Map<string, Load>> {
  const rounds = new Map<string, Load[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const peer of peers) {
      const sockets = await openMany(peer, clients);
      const { messages, seconds, latencies } = await pingPong(sockets, SECONDS);
      for (const socket of sockets) socket.destroy();
      rounds.get(peer.name)?.push({ perSecond: messages / seconds, p99: percentile(latencies, 0.99) });
    }
  }
  return new Map(
    [...rounds].map(([name, loads]) => [
      name,
      {
        perSecond: percentile(
          loads.map(({ perSecond }) => perSecond),
          0.5,
        ),
        p99: percentile(
          loads.map(({ p99 }) => p99),
          0.5,
        ),
      },
    ]),
  );
}

/** Seconds for so many handshakes, the best of three. */
export async function handshakes(peer: Peer, path: string, count: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    const sockets = await openMany(peer, count, path);
    best = Math.min(best, (performance.now() - startedAt) / 1_000);
    for (const socket of sockets) socket.destroy();
    await settled(peer);
  }
  return best;
}

/** MiB by which the peer's process grows with so many idle connections. */
export async function idleMemory(peer: Peer, count: number): Promise<number> {
  const before = residentMib(peer.pid);
  const sockets = await openMany(peer, count);
  await settled(peer);
  const grown = residentMib(peer.pid) - before;
  for (const socket of sockets) socket.destroy();
  return grown;
}

function residentMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
}

/** Lets the peer come to rest: what is closed is cleared away, what is open has been noted. */
async function settled(_peer: Peer): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
}
