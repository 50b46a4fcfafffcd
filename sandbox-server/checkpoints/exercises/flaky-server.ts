// A server of the lab for clients that readers write: it refuses, gives a job and cuts as the check has planned it, and notes what the client does.
import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LabTime } from '../../backend/own-server/lab-time.ts';
import { refusedConnection } from '../../backend/refused.ts';
import { createUpgradeServer } from '../../backend/upgrade-server.ts';
import type { Exchange } from '../checkpoint.ts';
import { createNews } from '../news.ts';
import { freshWord } from './fresh-word.ts';

/** `refuse`: nobody listens. `cut`: the client is served, given a job, and the connection ends before it can be done. `keep`: it stays. */
export type Treatment = 'refuse' | 'cut' | 'keep';

export interface FlakyServer extends Exchange {
  /** Takes a connection of the client. Throws `ECONNREFUSED` where it is refused. */
  accept(connection: Duplex): void;
  /** Resolves when the attempt of that number, counted from 0, has come and has been treated; `null` where it has not after `ms`. */
  attempt(number: number, ms: number): Promise<Attempt | null>;
  /** Words that the client was given as a job, and has not told that it has done. */
  undone(): string[];
  /** Whether all are done within `ms`. */
  allDone(ms: number): Promise<boolean>;
}

export interface Attempt {
  /** Milliseconds from the end of the connection before; 0 for the first. */
  gap: number;
}

/** Milliseconds that a client has, once connected, for what it still had to say. */
const OWED_MS = 1_000;
/** Attempts that are noted; beyond, all are refused. */
const MAX_ATTEMPTS = 500;
const MAX_LINES = 60;

/** Attempts beyond the plan are treated as the last one. */
export function createFlakyServer(
  plan: readonly Treatment[],
  { signal, time }: { signal: AbortSignal; time: LabTime },
): FlakyServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4_096, perMessageDeflate: false });
  const attempts: { gap: number; treated: boolean }[] = [];
  const numbers = new WeakMap<Duplex, number>();
  const undone = new Set<string>();
  const story = { sent: [] as string[], received: [] as string[] };
  const tell = (to: string[], line: string) => {
    if (to.length < MAX_LINES) to.push(line.slice(0, 200));
  };
  let endedAt: number | null = null;
  const { came, until } = createNews(time);
  const upgrades = createUpgradeServer((request, stream, head) =>
    sockets.handleUpgrade(request, stream, head, (socket) => {
      serve(socket, numbers.get(stream) ?? 0).catch(() => socket.terminate());
    }),
  );
  signal.addEventListener('abort', () => void upgrades.close(), { once: true });

  async function serve(socket: WebSocket, number: number): Promise<void> {
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const text = data.toString();
      tell(story.received, `message: ${text}`);
      undone.delete(/^done (.*)$/s.exec(text)?.[1] ?? '');
      came();
    });
    socket.once('close', () => {
      endedAt = time.now();
      came();
    });
    await allDone(OWED_MS);
    const word = freshWord();
    undone.add(word);
    tell(story.sent, `message: job ${word}`);
    socket.send(`job ${word}`);
    if (treatment(number) === 'cut') {
      // Its pong says that the job has come to it.
      const pong = new Promise((resolve) => socket.once('pong', resolve));
      socket.ping();
      await pong;
      const closes = randomInt(2) === 0;
      tell(story.sent, closes ? 'close 1012' : 'ends without a close frame');
      if (closes) socket.close(1012, 'The server restarts');
      else socket.terminate();
      await new Promise((resolve) => socket.once('close', resolve));
    }
    treated(number);
  }

  const treatment = (number: number) => plan[number] ?? plan.at(-1) ?? 'keep';

  function treated(number: number): void {
    const attempt = attempts[number];
    if (attempt) attempt.treated = true;
    came();
  }

  const allDone = async (ms: number) => (await until(ms, () => (undone.size === 0 ? true : null))) ?? false;

  return {
    accept(connection) {
      const number = attempts.length;
      if (number >= MAX_ATTEMPTS) throw refusedConnection(8091, 'has been asked too often');
      const now = time.now();
      const gap = endedAt === null ? 0 : now - endedAt;
      attempts.push({ gap, treated: false });
      tell(story.received, number === 0 ? 'connects' : `connects, ${Math.round(gap)} ms later`);
      numbers.set(connection, number);
      if (treatment(number) !== 'refuse') return upgrades.accept(connection);
      tell(story.sent, 'refuses the connection');
      endedAt = now;
      treated(number);
      throw refusedConnection(8091, 'has no server');
    },
    attempt: (number, ms) =>
      until(ms, () => {
        const attempt = attempts[number];
        return attempt?.treated ? attempt : null;
      }),
    undone: () => [...undone],
    allDone,
    get sent() {
      return story.sent.join('\n') || 'nothing';
    },
    get received() {
      return story.received.join('\n') || 'nothing';
    },
  };
}
