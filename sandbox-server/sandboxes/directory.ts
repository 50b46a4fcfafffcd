// All sandboxes of the lab: who they are, who may change them, and when they are forgotten.
import type { Logger } from 'pino';
import type { OrganizationDirectory } from '../gateway/types.ts';
import { SandboxesFull } from './errors.ts';
import { nameSandbox } from './names.ts';
import { createSandbox, type Sandbox, type SandboxParts } from './sandbox.ts';
import type { SandboxRecord, Store } from './store.ts';
import { createToken, hashToken, tokenMatches } from './token.ts';

export interface DirectoryOptions {
  store: Store;
  parts: SandboxParts;
  /** The organization that is always there, and that nobody has a token for. */
  permanent: Sandbox;
  max: number;
  ttlMs: number;
  sweepMs: number;
  log: Logger;
  /** Milliseconds since 1970; for tests. */
  now?: () => number;
}

export interface SandboxDirectory extends OrganizationDirectory {
  /** The organization that is always there. */
  permanent: Sandbox;
  find(name: string): Sandbox | undefined;
  /** A new, empty sandbox, and its token, which is told this once. Throws `SandboxesFull`. */
  create(): { sandbox: Sandbox; token: string };
  /** Whether this token opens that sandbox; `unknown` where there is none of that name. */
  authorize(name: string, token: string): 'allowed' | 'refused' | 'unknown';
  /** The name of the sandbox that this token opens. */
  ownerOf(token: string): string | undefined;
  /** When it was made and when it will be forgotten if it is not used again, in milliseconds since 1970. */
  times(name: string): { createdAt: number; expiresAt: number } | undefined;
  count(): number;
  /** Forgets what is past its time, and writes the times of last use down. The timer calls it. */
  sweep(): void;
  close(): Promise<void>;
}

interface Entry {
  record: SandboxRecord;
  /** Compiled at the first use after a start. */
  sandbox: Sandbox | null;
}

/** The directory over a store. Its one timer lives until `close`. */
export function createDirectory(options: DirectoryOptions): SandboxDirectory {
  const { store, parts, permanent, log } = options;
  const now = options.now ?? Date.now;
  const entries = new Map<string, Entry>();
  const byTokenHash = new Map<string, string>();
  /** Used since the last sweep, so that a request does not cost a write. */
  const usedSince = new Set<string>();

  const keyOf = (hash: Uint8Array) => Buffer.from(hash).toString('hex');

  function remember(record: SandboxRecord): Entry {
    const entry = { record, sandbox: null };
    entries.set(record.name, entry);
    byTokenHash.set(keyOf(record.tokenHash), record.name);
    return entry;
  }

  function load(entry: Entry): Sandbox {
    const { record } = entry;
    entry.sandbox ??= createSandbox(
      record.name,
      parts,
      {
        put: (api, text) => store.putDefinition(record.name, api, text),
        remove: (api) => store.removeDefinition(record.name, api),
      },
      store.definitions(record.name),
      () => {
        record.usedAt = now();
        usedSince.add(record.name);
      },
      {
        products: {
          keeper: {
            put: (product, text) => store.putDocument(record.name, 'product', product, text),
            remove: (product) => store.removeDocument(record.name, 'product', product),
          },
          stored: store.documents(record.name, 'product'),
          // Random, kept as long as the sandbox, and known to nobody who may not deploy to it.
          seed: record.tokenHash,
        },
        switches: {
          stored: store.documents(record.name, 'settings')[0]?.text ?? null,
          put: (text) => store.putDocument(record.name, 'settings', 'gateway', text),
        },
        servers: {
          stored: store
            .documents(record.name, 'server')
            .map(({ name, text }) => ({ port: Number(name), script: text })),
          put: (port, script) => store.putDocument(record.name, 'server', String(port), script),
          remove: (port) => store.removeDocument(record.name, 'server', String(port)),
        },
      },
    );
    return entry.sandbox;
  }

  function writeUses(): void {
    const times = [...usedSince].flatMap((name) => {
      const entry = entries.get(name);
      return entry ? [[name, entry.record.usedAt] as const] : [];
    });
    usedSince.clear();
    if (times.length > 0) store.used(times);
  }

  function forget(expired: Entry[]): void {
    store.remove(expired.map((entry) => entry.record.name));
    for (const { record, sandbox } of expired) {
      entries.delete(record.name);
      byTokenHash.delete(keyOf(record.tokenHash));
      usedSince.delete(record.name);
      sandbox
        ?.close()
        .catch((error: unknown) => log.error({ err: error, sandbox: record.name }, 'sandbox did not close'));
    }
    log.info({ forgotten: expired.length, left: entries.size }, 'sandboxes forgotten');
  }

  function sweep(): void {
    const oldest = now() - options.ttlMs;
    const expired = [...entries.values()].filter((entry) => entry.record.usedAt <= oldest);
    if (expired.length > 0) forget(expired);
    writeUses();
  }

  for (const record of store.sandboxes()) remember(record);
  sweep();
  const timer = setInterval(() => {
    try {
      sweep();
    } catch (error) {
      // A full disk must not end the server; the next sweep tries again.
      log.error({ err: error }, 'sweep failed');
    }
  }, options.sweepMs);
  timer.unref();

  return {
    permanent,
    find(name) {
      if (name === permanent.name) return permanent;
      const entry = entries.get(name);
      return entry && load(entry);
    },
    create() {
      if (entries.size >= options.max) sweep();
      if (entries.size >= options.max) throw new SandboxesFull(options.max);
      const token = createToken();
      const name = nameSandbox((taken) => entries.has(taken));
      const at = now();
      const record = { name, tokenHash: hashToken(token), createdAt: at, usedAt: at };
      store.add(record);
      return { sandbox: load(remember(record)), token };
    },
    authorize(name, token) {
      if (name === permanent.name) return 'refused';
      const entry = entries.get(name);
      if (!entry) return 'unknown';
      return tokenMatches(token, entry.record.tokenHash) ? 'allowed' : 'refused';
    },
    ownerOf: (token) => byTokenHash.get(keyOf(hashToken(token))),
    times(name) {
      const record = entries.get(name)?.record;
      return record && { createdAt: record.createdAt, expiresAt: record.usedAt + options.ttlMs };
    },
    count: () => entries.size,
    sweep,
    async close() {
      clearInterval(timer);
      writeUses();
      await Promise.all([...entries.values()].map((entry) => entry.sandbox?.close()));
      await permanent.close();
    },
  };
}
