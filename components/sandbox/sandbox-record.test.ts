import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test('when another tab writes the record, the page is told and reads it anew; other keys are no news', async () => {
  const [kept, tab, page] = [new Map<string, string>(), new EventTarget(), new EventTarget()];
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null });
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', tab.addEventListener.bind(tab));
  vi.resetModules();
  const { readSandbox } = await import('./sandbox-record.ts');
  const read: unknown[] = [];
  page.addEventListener('lab-sandbox', () => read.push(readSandbox()?.organization));
  const tell = (key: string | null) => tab.dispatchEvent(Object.assign(new Event('storage'), { key }));

  const organization = randomUUID();
  kept.set('lab.sandbox.v1', JSON.stringify({ organization, token: 't', expiresAt: '', apis: [] }));
  tell('something.else');
  tell('lab.sandbox.v1');
  kept.clear();
  tell(null);
  expect(read).toEqual([organization, undefined]);
});
