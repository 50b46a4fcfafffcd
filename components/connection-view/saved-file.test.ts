import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionStore } from './connection-store.ts';
import { openSaved, savedText } from './saved-file.ts';
import { closedBy, frame, opened, word } from './story.fixture.ts';

function filled(count: number, payloads: readonly string[]): ConnectionStore {
  const store = new ConnectionStore();
  for (let n = 0; n < count; n += 1) {
    const id = word();
    for (const event of opened(n % 2 === 0 ? 'bytes' : 'messages', id)) store.add(event);
    for (const payload of payloads) store.add(frame({ connection: id, payload }));
    if (n % 3 === 0) store.add(closedBy('client', id));
  }
  return store;
}

test('what is saved is there again when it is opened', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (count, payloads) => {
      const store = filled(count, payloads);
      const savedAt = new Date().toISOString();
      const back = openSaved(savedText(store.connections, savedAt));
      if ('problem' in back) throw new Error(back.problem);
      expect(back.savedAt).toBe(savedAt);
      expect(back.store.connections).toEqual(store.connections);
    }),
    { numRuns: 30 },
  );
});

test('a file without what lets in: headers and query parameters by such names are hidden', () => {
  const store = new ConnectionStore();
  const [key, token] = [word(), word()];
  for (const event of opened('bytes'))
    store.add(
      event.type === 'request-received'
        ? {
            ...event,
            path: `/a?client_id=${key}&b=1`,
            headers: [
              ['Authorization', `Bearer ${token}`],
              ['X-Mine', 'kept'],
            ],
          }
        : event,
    );
  const text = savedText(store.connections, '');
  expect(text).not.toContain(key);
  expect(text).not.toContain(token);
  expect(text).toContain('kept');
  expect(text).toContain('b=1');
});

test('what is no such file is told in a sentence, and opens nothing', () => {
  const good = savedText(filled(2, [word()]).connections, new Date().toISOString());
  const changed = (change: (file: Record<string, unknown>) => void) => {
    const file: Record<string, unknown> = JSON.parse(good);
    change(file);
    return openSaved(JSON.stringify(file));
  };
  expect(openSaved('')).toEqual({ problem: expect.stringContaining('no JSON') });
  expect(openSaved(good.slice(0, -5))).toEqual({ problem: expect.stringContaining('no JSON') });
  for (const other of ['null', '[]', '{}', '"text"', '{"format":"x","version":1}'])
    expect(openSaved(other)).toEqual({ problem: expect.stringContaining('holds no connections') });
  expect(changed((file) => Object.assign(file, { version: 2 }))).toEqual({
    problem: expect.stringContaining('version 2'),
  });
  expect(changed((file) => Object.assign(file, { connections: [{ id: 1 }] }))).toEqual({
    problem: expect.stringContaining('damaged at connections.0.id'),
  });
  expect(changed((file) => Object.assign(file, { savedAt: 'some day' }))).toEqual({
    problem: 'This file is damaged at savedAt: no time.',
  });
  expect(changed((file) => Object.assign(file, { connections: 'none' }))).toEqual({
    problem: expect.stringContaining('damaged at connections'),
  });
});

test('whatever JSON is opened, nothing throws', () => {
  fc.assert(
    fc.property(fc.json(), fc.jsonValue(), (text, value) => {
      expect(openSaved(text)).toHaveProperty('problem');
      const file = {
        format: 'apiconnect-websocket-lab/connections',
        version: 1,
        savedAt: new Date().toISOString(),
        connections: value,
      };
      const back = openSaved(JSON.stringify(file));
      if (!('problem' in back)) expect(back.store.connections).toEqual([]);
    }),
  );
});
