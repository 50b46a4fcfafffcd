// A thread of learners' servers: each has its own QuickJS and its own memory, and they take turns, so that none waits for another's loop.
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadLimits } from '../limits.ts';
import type { FromThread, ToThread } from '../messages.ts';
import type { TurnFlag } from '../turn-flag.ts';
import { markTurns } from '../turn-flag.ts';
import { createServerGuest, type ServerGuestSource } from './guest.ts';
import { readServerScript } from './script.ts';
import { createThreadServer, type ThreadServer, type Turn } from './server.ts';
import { createShare, type Share } from './share.ts';

/** What a thread is started with. */
export interface ThreadStart {
  guest: ServerGuestSource;
  limits: ThreadLimits;
  turnFlag: TurnFlag;
}

interface Running {
  server: ThreadServer;
  share: Share;
}

/** Milliseconds of turns before messages of the host are looked at again. */
const TURNS_MS = 10;

function serve({ guest, limits, turnFlag }: ThreadStart): void {
  const port = parentPort;
  if (!port) throw new Error('this file is a thread of learners’ servers');
  const post = (message: FromThread) => port.postMessage(message);
  const mark = markTurns(turnFlag);
  const running = new Map<number, Running>();
  /** Started, and perhaps ended again before they came up. */
  const starting = new Set<number>();
  /** What time it is for those that are paced. */
  const times = new Map<number, number>();
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;

  /** One turn, told to the host. @returns whether the server lives on */
  function take(id: number, share: Share, turn: () => Turn): boolean {
    mark.begin(id);
    const { actions, handled, end, fault } = share.measured(turn);
    mark.end();
    if (fault !== null) post({ type: 'fault', server: id, reason: fault });
    if (actions.length > 0 || handled !== null) post({ type: 'turn', server: id, actions, handled });
    if (end) post({ type: 'ended', server: id, ...end });
    return end === null;
  }

  async function start({
    server: id,
    script,
    port: listens,
    time,
  }: Extract<ToThread, { type: 'start' }>): Promise<void> {
    const read = readServerScript(script, limits.SERVER_MAX_BYTES);
    if (read.error) return post({ type: 'refused', server: id, error: read.error });
    starting.add(id);
    if (time !== null) times.set(id, time);
    const server = await createThreadServer({
      script: read,
      port: listens,
      limits,
      now: () => times.get(id) ?? performance.now(),
      makeGuest: (host) => createServerGuest(guest, host),
    });
    if (!starting.delete(id)) return;
    const share = createShare(limits.SERVER_CPU_MS_PER_SECOND);
    if (!take(id, share, () => server.start())) return;
    running.set(id, { server, share });
    post({ type: 'started', server: id });
    plan();
  }

  /** When it may have its next turn, by the clock; for a paced one that has nothing to do now, the next beat tells. */
  function dueAt(id: number, server: ThreadServer, share: Share): number {
    const due = server.dueAt();
    const now = times.get(id);
    if (due === null || (now !== undefined && due > now)) return Number.POSITIVE_INFINITY;
    return Math.max(now === undefined ? due : 0, share.freeAt());
  }

  /** Lets each server that has something to do have one turn, again and again, for a few milliseconds. */
  function takeTurns(): void {
    soon = undefined;
    const until = performance.now() + TURNS_MS;
    let busy = true;
    while (busy && performance.now() < until) {
      busy = false;
      for (const [id, { server, share }] of running) {
        if (dueAt(id, server, share) > performance.now()) continue;
        busy = true;
        if (!take(id, share, () => server.turn())) running.delete(id);
      }
    }
    plan();
  }

  /** The next round: at once where somebody has something to do, else when the first timer is due. */
  function plan(): void {
    if (soon) return;
    clearTimeout(timer);
    let first = Number.POSITIVE_INFINITY;
    for (const [id, { server, share }] of running) first = Math.min(first, dueAt(id, server, share));
    if (first === Number.POSITIVE_INFINITY) return;
    const wait = first - performance.now();
    if (wait <= 0) soon = setImmediate(takeTurns);
    else timer = setTimeout(takeTurns, Math.ceil(wait));
  }

  port.on('message', (message: ToThread) => {
    if (message.type === 'start') return void start(message).catch((error) => failed(message.server, error));
    const each = running.get(message.server);
    switch (message.type) {
      case 'event':
        each?.server.push(message.event);
        return plan();
      case 'written':
        each?.server.written(message.client, message.count, message.failed);
        return plan();
      case 'beat':
        if (times.has(message.server)) times.set(message.server, message.now);
        post({ type: 'beaten', server: message.server });
        return plan();
      case 'end':
        running.delete(message.server);
        starting.delete(message.server);
        times.delete(message.server);
    }
  });

  function failed(server: number, error: unknown): void {
    starting.delete(server);
    mark.end();
    post({ type: 'fault', server, reason: error instanceof Error ? error.message : String(error) });
    const message = 'the engine that should run this server failed';
    post({ type: 'ended', server, error: { name: 'Error', message, line: null, column: null } });
  }

  post({ type: 'ready' });
}

serve(workerData);
