// Where sandboxes outlive the server: names, hashed tokens, times and definitions, in one SQLite file of the data folder.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Each entry brings the schema from its index to the next version; entries are only ever added. */
const migrations = [
  `CREATE TABLE sandboxes (
     name TEXT PRIMARY KEY,
     token_hash BLOB NOT NULL UNIQUE,
     created_at INTEGER NOT NULL,
     used_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE apis (
     sandbox TEXT NOT NULL REFERENCES sandboxes (name) ON DELETE CASCADE,
     name TEXT NOT NULL,
     definition TEXT NOT NULL,
     deployed_at INTEGER NOT NULL,
     PRIMARY KEY (sandbox, name)
   ) STRICT;`,
  `CREATE TABLE documents (
     sandbox TEXT NOT NULL REFERENCES sandboxes (name) ON DELETE CASCADE,
     kind TEXT NOT NULL,
     name TEXT NOT NULL,
     text TEXT NOT NULL,
     stored_at INTEGER NOT NULL,
     PRIMARY KEY (sandbox, kind, name)
   ) STRICT;`,
];

const sandboxRow = z.object({
  name: z.string(),
  token_hash: z.instanceof(Uint8Array),
  created_at: z.number(),
  used_at: z.number(),
});
const apiRow = z.object({ name: z.string(), definition: z.string() });
const documentRow = z.object({ name: z.string(), text: z.string() });

/** What a sandbox has besides its definitions: product files, how its gateway is switched, and the scripts of its servers by port. */
export type DocumentKind = 'product' | 'settings' | 'server';

/** Times are milliseconds since 1970. */
export interface SandboxRecord {
  name: string;
  tokenHash: Uint8Array;
  createdAt: number;
  usedAt: number;
}

export interface Store {
  sandboxes(): SandboxRecord[];
  add(record: SandboxRecord): void;
  /** Forgets the sandboxes and their definitions. */
  remove(names: Iterable<string>): void;
  /** Writes down when sandboxes were last used: name and time. */
  used(times: Iterable<readonly [name: string, at: number]>): void;
  /** The definitions of a sandbox as they were deployed, in order of name. */
  definitions(sandbox: string): { name: string; definition: string }[];
  putDefinition(sandbox: string, name: string, definition: string): void;
  removeDefinition(sandbox: string, name: string): void;
  /** The texts of one kind, in order of name. */
  documents(sandbox: string, kind: DocumentKind): { name: string; text: string }[];
  putDocument(sandbox: string, kind: DocumentKind, name: string, text: string): void;
  removeDocument(sandbox: string, kind: DocumentKind, name: string): void;
  close(): void;
}

function migrate(database: DatabaseSync): void {
  const { user_version: version } = z
    .object({ user_version: z.number() })
    .parse(database.prepare('PRAGMA user_version').get());
  if (version > migrations.length) {
    throw new Error(
      `The database has schema ${version}, and this version of the lab knows ${migrations.length}. Set DATA_DIR to another folder.`,
    );
  }
  for (const [index, statements] of migrations.slice(version).entries()) {
    database.exec(`BEGIN; ${statements} PRAGMA user_version = ${version + index + 1}; COMMIT;`);
  }
}

/** Opens the store in a folder, which is made where missing; throws where that cannot be, or the schema is a newer one. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'sandboxes.sqlite'), { timeout: 2_000 });
  // In WAL mode NORMAL loses at most the last commits on a power cut, and never the whole file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  migrate(database);

  const all = database.prepare('SELECT name, token_hash, created_at, used_at FROM sandboxes ORDER BY name');
  const add = database.prepare(
    'INSERT INTO sandboxes (name, token_hash, created_at, used_at) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM sandboxes WHERE name = ?');
  const used = database.prepare('UPDATE sandboxes SET used_at = ? WHERE name = ?');
  const definitions = database.prepare('SELECT name, definition FROM apis WHERE sandbox = ? ORDER BY name');
  const putDefinition = database.prepare(
    `INSERT INTO apis (sandbox, name, definition, deployed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (sandbox, name) DO UPDATE SET definition = excluded.definition, deployed_at = excluded.deployed_at`,
  );
  const removeDefinition = database.prepare('DELETE FROM apis WHERE sandbox = ? AND name = ?');

  const documents = database.prepare(
    'SELECT name, text FROM documents WHERE sandbox = ? AND kind = ? ORDER BY name',
  );
  const putDocument = database.prepare(
    `INSERT INTO documents (sandbox, kind, name, text, stored_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sandbox, kind, name) DO UPDATE SET text = excluded.text, stored_at = excluded.stored_at`,
  );
  const removeDocument = database.prepare(
    'DELETE FROM documents WHERE sandbox = ? AND kind = ? AND name = ?',
  );

  function inOneTransaction(work: () => void): void {
    database.exec('BEGIN');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    sandboxes: () =>
      z
        .array(sandboxRow)
        .parse(all.all())
        .map((row) => ({
          name: row.name,
          tokenHash: row.token_hash,
          createdAt: row.created_at,
          usedAt: row.used_at,
        })),
    add: (record) => void add.run(record.name, record.tokenHash, record.createdAt, record.usedAt),
    remove: (names) =>
      inOneTransaction(() => {
        for (const name of names) remove.run(name);
      }),
    used: (times) =>
      inOneTransaction(() => {
        for (const [name, at] of times) used.run(at, name);
      }),
    definitions: (sandbox) => z.array(apiRow).parse(definitions.all(sandbox)),
    putDefinition: (sandbox, name, definition) =>
      void putDefinition.run(sandbox, name, definition, Date.now()),
    documents: (sandbox, kind) => z.array(documentRow).parse(documents.all(sandbox, kind)),
    putDocument: (sandbox, kind, name, text) => void putDocument.run(sandbox, kind, name, text, Date.now()),
    removeDocument: (sandbox, kind, name) => void removeDocument.run(sandbox, kind, name),
    removeDefinition: (sandbox, name) => void removeDefinition.run(sandbox, name),
    close: () => database.close(),
  };
}
