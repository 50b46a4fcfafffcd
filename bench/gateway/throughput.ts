// Ping-pong through pipe, nginx and gateway, in rounds that take turns, so that all have the same machine.
import { median } from '../percentile.ts';
import { tell } from '../tell.ts';
import { openClients, type Subject } from './client.ts';
import { pingPong, type Round } from './ping-pong.ts';

const ROUNDS = 5;
const ROUND_MS = 1_000;
const AT_ONCE = 50;

export interface Compared {
  pipe: Subject;
  /** The same pipe with the backend in its own process, as the gateway's is. */
  pipeWithBackend: Subject;
  nginx: Subject | null;
  gateway: Subject;
  watched: Subject;
}

/** Tells the table's lines for so many clients. */
export async function compare(compared: Compared, clients: number): Promise<void> {
  const entries = Object.entries(compared).filter((entry): entry is [string, Subject] => entry[1] !== null);
  const opened = new Map<string, Awaited<ReturnType<typeof openClients>>>();
  for (const [name, subject] of entries) opened.set(name, await openClients(subject, clients, AT_ONCE));
  const rounds = new Map<string, Round[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, sockets] of opened) {
      const measured = await pingPong(sockets, ROUND_MS);
      // The first is for the compilers.
      if (round > 0) rounds.get(name)?.push(measured);
    }
  }
  for (const sockets of opened.values()) for (const socket of sockets) socket.destroy();

  const speed = (name: keyof Compared) => median((rounds.get(name) ?? []).map(({ perSecond }) => perSecond));
  const p99 = (name: keyof Compared) => median((rounds.get(name) ?? []).map((round) => round.p99));
  console.log(`\n${clients} clients in ping-pong, messages a second (median of ${ROUNDS} rounds)`);
  tell('  bare byte pipe', speed('pipe'), 'msg/s');
  tell('  bare byte pipe with the backend in its process', speed('pipeWithBackend'), 'msg/s');
  if (compared.nginx) tell('  nginx', speed('nginx'), 'msg/s');
  tell('  gateway, nobody watching', speed('gateway'), 'msg/s');
  atLeast('    of the pipe', speed('gateway') / speed('pipe'), 0.9);
  tell('    of the pipe with the backend in its process', speed('gateway') / speed('pipeWithBackend'), '×');
  if (compared.nginx) atLeast('    of nginx', speed('gateway') / speed('nginx'), 0.7);
  tell('  gateway, watched', speed('watched'), 'msg/s');
  atLeast('    of the pipe', speed('watched') / speed('pipe'), 0.75);
  tell('  p99 of the pipe', p99('pipe'), 'ms');
  if (compared.nginx) tell('  p99 of nginx', p99('nginx'), 'ms');
  tell('  p99 of the gateway, nobody watching', p99('gateway'), 'ms');
  notSlower(p99('gateway') / p99('pipe'));
  tell('  p99 of the gateway, watched', p99('watched'), 'ms');
  notSlower(p99('watched') / p99('pipe'));
}

function atLeast(what: string, ratio: number, wanted: number): void {
  tell(what, ratio, '×', ratio >= wanted, `≥ ${wanted}`);
}

function notSlower(ratio: number): void {
  tell('    times the pipe’s', ratio, '×', ratio <= 1.5, '≤ 1.5');
}
