// How soon an event reaches the page: a room in which each learner watches the own sandbox and sends messages through it.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createSandbox } from './gateway/sandbox.ts';
import { type LabServer, startLab } from './lab-server.ts';
import { percentile } from './percentile.ts';
import { tell } from './tell.ts';

const SANDBOXES = 200;
const SECONDS = 10;
/** Milliseconds from one message of a learner to the next, on average. */
const PAUSE_MS = 500;
const WANTED_MS = 50;

export async function benchEvents(): Promise<void> {
  const lab = await startLab({ SANDBOXES_PER_MINUTE: '1000' });
  try {
    const learners = [];
    for (let n = 0; n < SANDBOXES; n += 1) learners.push(await openLearner(lab));
    // The first second is for the compilers.
    await Promise.all(learners.map((learner) => learner.talk(1)));
    const samples = (await Promise.all(learners.map((learner) => learner.talk(SECONDS)))).flat();
    for (const learner of learners) learner.close();
    const what = `${SANDBOXES} sandboxes watched, from a message to its event`;
    tell(`${what}, median`, percentile(samples, 0.5), 'ms');
    const p95 = percentile(samples, 0.95);
    tell(`${what}, p95`, p95, 'ms', p95 <= WANTED_MS, `≤ ${WANTED_MS}`);
    tell('  messages a second, of all', samples.length / SECONDS, 'msg/s');
  } finally {
    await lab.close();
  }
}

/** Time is counted from the write at the client to the event in the watcher: the way through the gateway is in it. */
async function openLearner(lab: LabServer) {
  const sandbox = await createSandbox(lab);
  const waiting = new Map<string, (at: number) => void>();
  const close = await sandbox.watch((text) => {
    const at = performance.now();
    const event: { type?: string; direction?: string; payload?: string } = JSON.parse(text);
    if (event.type === 'frame' && event.direction === 'client-to-gateway')
      waiting.get(event.payload ?? '')?.(at);
  });
  const { port, path } = sandbox.upgrade;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  await once(socket, 'open');

  async function send(): Promise<number> {
    const text = randomBytes(12).toString('hex');
    const sentAt = performance.now();
    const came = new Promise<number>((resolve) => waiting.set(text, resolve));
    socket.send(text);
    const ms = (await came) - sentAt;
    waiting.delete(text);
    return ms;
  }

  return {
    async talk(seconds: number): Promise<number[]> {
      const samples: number[] = [];
      const until = performance.now() + seconds * 1_000;
      while (performance.now() < until) {
        await sleep(2 * PAUSE_MS * Math.random());
        samples.push(await send());
      }
      return samples;
    },
    close() {
      socket.terminate();
      close();
    },
  };
}
