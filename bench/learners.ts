// A room: 200 learners press Run within two seconds, over HTTP, on a server of its own process; perhaps some with an endless loop.
import { setTimeout as sleep } from 'node:timers/promises';

const LEARNERS = 200;
const WITHIN_MS = 2_000;
const LOOP = 'let n = 0; for (;;) { n += 1; }';

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
