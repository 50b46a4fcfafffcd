import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (name: string) => ({
  name,
  tokenHash: new Uint8Array(randomBytes(32)),
  createdAt: Date.now() - 5,
  usedAt: Date.now(),
});

test('what was written is there after the store was closed and opened again', () => {
  const sandbox = record('maple-heron');
  const definition = `swagger: '2.0' # ${randomUUID()} ä€😀`;
  const first = openStore(folder);
  first.add(sandbox);
  first.putDefinition(sandbox.name, 'b', 'old');
  first.putDefinition(sandbox.name, 'b', definition);
  first.putDefinition(sandbox.name, 'a', 'other');
  first.close();

  const second = openStore(folder);
  expect(second.sandboxes()).toEqual([sandbox]);
  expect(second.definitions(sandbox.name)).toEqual([
    { name: 'a', definition: 'other' },
    { name: 'b', definition },
  ]);
  second.removeDefinition(sandbox.name, 'a');
  expect(second.definitions(sandbox.name)).toHaveLength(1);
  second.close();
});

test('a sandbox is forgotten with its definitions, and leaves the others alone', () => {
  const store = openStore(folder);
  for (const name of ['fern-wren', 'oak-lark']) {
    store.add(record(name));
    store.putDefinition(name, 'api', name);
  }
  store.remove(['fern-wren', 'never-was']);
  expect(store.sandboxes().map(({ name }) => name)).toEqual(['oak-lark']);
  expect(store.definitions('fern-wren')).toEqual([]);
  expect(store.definitions('oak-lark')).toHaveLength(1);
  store.close();
});

test('the time of last use is kept', () => {
  const store = openStore(folder);
  store.add(record('moss-owl'));
  const at = Date.now() + 12_345;
  store.used([['moss-owl', at]]);
  expect(store.sandboxes()[0]?.usedAt).toBe(at);
  store.close();
});

test('two sandboxes of one name cannot be, and the store works on', () => {
  const store = openStore(folder);
  store.add(record('ivy-crow'));
  expect(() => store.add(record('ivy-crow'))).toThrow();
  store.used([['ivy-crow', 7]]);
  expect(store.sandboxes()).toHaveLength(1);
  store.close();
});

test('a database of a newer lab is left alone, and the message names the setting', () => {
  openStore(folder).close();
  const database = new DatabaseSync(join(folder, 'sandboxes.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => openStore(folder)).toThrow(/schema 99.*DATA_DIR/);
});

test('a sandbox’s other documents are kept by kind and name, and go with the sandbox', () => {
  const [one, two] = [record('maple-heron'), record('oak-wren')];
  const text = `product: 1.0.0 # ${randomUUID()} ä€😀`;
  const first = openStore(folder);
  for (const sandbox of [one, two]) first.add(sandbox);
  first.putDocument(one.name, 'product', 'b', 'old');
  first.putDocument(one.name, 'product', 'b', text);
  first.putDocument(one.name, 'product', 'a', 'other');
  first.putDocument(one.name, 'settings', 'b', '{}');
  first.putDocument(two.name, 'product', 'b', 'of two');
  first.close();

  const second = openStore(folder);
  expect(second.documents(one.name, 'product')).toEqual([
    { name: 'a', text: 'other' },
    { name: 'b', text },
  ]);
  second.removeDocument(one.name, 'product', 'b');
  expect(second.documents(one.name, 'product')).toHaveLength(1);
  expect(second.documents(one.name, 'settings')).toEqual([{ name: 'b', text: '{}' }]);
  second.remove([one.name]);
  expect(second.documents(one.name, 'settings')).toEqual([]);
  expect(second.documents(two.name, 'product')).toEqual([{ name: 'b', text: 'of two' }]);
  second.close();
});
