// All learners' servers of the lab: which thread each is in, and how many there may be.
import type { HeldBytes } from '../../gateway/held-bytes.ts';
import type { EngineLog } from '../../gatewayscript/engine.ts';
import type { ServerSettings } from './limits.ts';
import { loadServerCode } from './load-code.ts';
import { type ServerJob, type Start, startServer } from './running.ts';
import { type ServerThread, startServerThread, type ThreadSource } from './thread.ts';

/** As many run as may, and all have clients. */
export class ServersFull extends Error {
  constructor(max: number) {
    super(`${max} servers run and have clients, and the lab runs no more at once.`);
    this.name = 'ServersFull';
  }
}

/** The lab is stopping: no server starts any more. */
export class ServersStopped extends Error {
  constructor() {
    super('The lab is stopping, and starts no servers any more.');
    this.name = 'ServersStopped';
  }
}

export interface PooledJob extends ServerJob {
  /** Whose it is: who has brought a thread to a stand is from then on in a thread with others who have. */
  owner: object;
  /** Whether it takes the place of one that runs, and so needs no room of its own. */
  replaces: boolean;
  /** Asks it to rest where it has no client; it says whether it does. */
  rest(): boolean;
}

export interface ServerPool {
  /** Resolves when the script's first turn is over. Rejects with `ServersFull`, `ServersStopped`. */
  start(job: PooledJob): Promise<Start>;
  stats(): { servers: number; threads: number; lost: number };
  close(): Promise<void>;
}

/** Threads start with the servers that need them. */
export function createServerPool(settings: ServerSettings, held: HeldBytes, log: EngineLog): ServerPool {
  /** In the order in which they were started, so that the oldest is asked first to rest. */
  const running = new Map<number, PooledJob>();
  let threads: { thread: ServerThread; forSuspects: boolean }[] = [];
  const suspects = new WeakSet<object>();
  let lastId = 0;
  let lost = 0;
  let closed = false;

  function makeRoom(): void {
    if (running.size < settings.SERVERS_MAX) return;
    for (const job of running.values()) if (job.rest()) return;
    throw new ServersFull(settings.SERVERS_MAX);
  }

  function threadFor(source: ThreadSource, owner: object): ServerThread {
    lost += threads.filter(({ thread }) => thread.gone).length;
    threads = threads.filter(({ thread }) => !thread.gone);
    const forSuspects = suspects.has(owner);
    const eligible = threads.flatMap((each) => (each.forSuspects === forSuspects ? [each.thread] : []));
    const most = forSuspects ? 1 : settings.SERVER_THREADS;
    const [emptiest] = eligible.toSorted((a, b) => a.servers - b.servers);
    if (emptiest && (emptiest.servers === 0 || eligible.length >= most)) return emptiest;
    const fresh = startServerThread(source, (reason) =>
      log.error({ reason }, 'a learner’s server, or its thread, failed'),
    );
    threads.push({ thread: fresh, forSuspects });
    return fresh;
  }

  return {
    async start(job) {
      if (!job.replaces) makeRoom();
      lastId += 1;
      const id = lastId;
      running.set(id, job);
      const onGone = () => void running.delete(id);
      try {
        const { workerCode, wasm, snapshot } = await loadServerCode();
        if (closed) throw new ServersStopped();
        const guest = { wasm, snapshot, memoryMib: settings.SERVER_MEMORY_MIB };
        const thread = threadFor({ workerCode, guest, limits: settings }, job.owner);
        return await startServer(job, {
          id,
          thread,
          maxClients: settings.SERVER_MAX_CLIENTS,
          maxMessageBytes: settings.SERVER_MESSAGE_MAX_BYTES,
          held,
          onGone,
          onStuck: () => void suspects.add(job.owner),
        });
      } catch (error) {
        onGone();
        throw error;
      }
    },
    stats() {
      const alive = threads.filter(({ thread }) => !thread.gone).length;
      return { servers: running.size, threads: alive, lost: lost + threads.length - alive };
    },
    async close() {
      closed = true;
      await Promise.all(threads.map(({ thread }) => thread.terminate()));
    },
  };
}
