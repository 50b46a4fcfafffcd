// A thousand handshakes, from the first connection to the last greeting.
import { median } from '../percentile.ts';
import { tell } from '../tell.ts';
import { openClients, type Subject } from './client.ts';

const COUNT = 1_000;
const AT_ONCE = 100;
const ROUNDS = 3;

export async function timeHandshakes(what: string, subject: Subject, wantedMs: number): Promise<void> {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const startedAt = performance.now();
    const sockets = await openClients(subject, COUNT, AT_ONCE);
    // The first is for the compilers.
    if (round > 0) rounds.push(performance.now() - startedAt);
    for (const socket of sockets) socket.destroy();
  }
  const ms = median(rounds);
  tell(`${COUNT} handshakes through ${what}, ${AT_ONCE} at once`, ms, 'ms', ms <= wantedMs, `≤ ${wantedMs}`);
}
