import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { MOST_STEPS, NOTHING, parseProgress, progressText } from './progress-document.ts';
import { ASIDE_KEY, PROGRESS_KEY, ProgressStore } from './progress-store.ts';

const AT = '2026-03-01T10:00:00.000Z';
const LATER = '2026-03-02T10:00:00.000Z';

/** A browser's storage that several tabs share; `room` of false is one that takes nothing. */
function browser(texts: Record<string, string> = {}, room = true) {
  const kept = new Map(Object.entries(texts));
  const state = { room };
  return {
    kept,
    state,
    read: (key: string) => kept.get(key) ?? null,
    write: (key: string, value: string | null) => {
      if (!state.room) return false;
      if (value === null) kept.delete(key);
      else kept.set(key, value);
      return true;
    },
  };
}

const step = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}$/);

test('what was passed and visited is there after the page is opened again', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(step, { maxLength: 30 }),
      step,
      fc.string({ maxLength: 20 }),
      (steps, last, heading) => {
        const storage = browser();
        const store = new ProgressStore(storage);
        for (const each of steps) store.pass(each, AT);
        store.visit(last, LATER, heading);
        const again = new ProgressStore(storage);
        expect([...again.progress.passed.keys()]).toEqual(steps);
        expect(again.progress.last).toEqual({ step: last, at: LATER, heading });
        expect(again.isKept).toBe(true);
      },
    ),
  );
});

test('a step stays passed since its first time', () => {
  const store = new ProgressStore(browser());
  store.pass('deploy', AT);
  store.pass('deploy', LATER);
  expect(store.progress.passed).toEqual(new Map([['deploy', AT]]));
});

test('two tabs lose nothing of each other, and hear of each other', () => {
  const storage = browser();
  const [one, other] = [new ProgressStore(storage), new ProgressStore(storage)];
  const heard = vi.fn();
  const end = other.listen(heard);
  one.pass('deploy', AT);
  other.reread();
  expect(heard).toHaveBeenCalledOnce();
  expect(other.progress.passed.has('deploy')).toBe(true);
  end();
  other.pass('wss-scheme', AT);
  one.pass('target-url', AT);
  expect(heard).toHaveBeenCalledOnce();
  expect(new Set(new ProgressStore(storage).progress.passed.keys())).toEqual(
    new Set(['deploy', 'wss-scheme', 'target-url']),
  );
});

test('forgotten in one tab is forgotten in the other, and comes back whole', () => {
  const storage = browser();
  const [one, other] = [new ProgressStore(storage), new ProgressStore(storage)];
  one.pass('deploy', AT);
  one.visit('deploy', LATER, 'try-it');
  const before = one.progress;
  const forgotten = one.forget();
  expect(storage.kept.size).toBe(0);
  other.pass('target-url', LATER);
  expect([...other.progress.passed.keys()]).toEqual(['target-url']);
  expect(one.add(forgotten)).toBeNull();
  expect(one.progress.last).toEqual(before.last);
  expect([...one.progress.passed.keys()].toSorted()).toEqual(['deploy', 'target-url']);
});

describe('a browser that keeps nothing', () => {
  test('lets the progress live as long as the page, and says so', () => {
    const store = new ProgressStore(browser({}, false));
    expect(store.tryKeeping()).toBe(false);
    store.pass('deploy', AT);
    store.pass('target-url', AT);
    expect([...store.progress.passed.keys()]).toEqual(['deploy', 'target-url']);
    expect(store.isKept).toBe(false);
    store.forget();
    expect(store.progress).toEqual(NOTHING);
    store.pass('handshake-api', AT);
    expect([...store.progress.passed.keys()]).toEqual(['handshake-api']);
  });

  test('gets all of it as soon as it keeps again', () => {
    const storage = browser({}, false);
    const store = new ProgressStore(storage);
    store.pass('deploy', AT);
    storage.state.room = true;
    store.pass('target-url', AT);
    expect(store.isKept).toBe(true);
    expect([...new ProgressStore(storage).progress.passed.keys()]).toEqual(['deploy', 'target-url']);
  });
});

describe('a text that cannot be read', () => {
  const newer = progressText({ passed: new Map([['deploy', AT]]), last: null }).replace(
    '"version": 1',
    '"version": 2',
  );

  test.each([
    ['of a newer version', newer, /version 2/],
    ['that was cut', newer.slice(0, 40), /no JSON/],
    ['of something else', '{"format": 7}', /no progress of this lab/],
  ])('%s is put aside before anything is written, and told', (_, text, problem) => {
    const storage = browser({ [PROGRESS_KEY]: text });
    const store = new ProgressStore(storage);
    expect(storage.kept.get(PROGRESS_KEY)).toBe(text);
    store.pass('target-url', AT);
    expect(storage.kept.get(ASIDE_KEY)).toBe(text);
    expect(store.aside?.text).toBe(text);
    expect(store.aside?.problem).toMatch(problem);
    expect(store.isKept).toBe(true);
  });

  test('stays where it is when another is aside already; once that is discarded, all is kept', () => {
    const storage = browser({ [PROGRESS_KEY]: newer, [ASIDE_KEY]: 'an older one' });
    const store = new ProgressStore(storage);
    store.pass('target-url', AT);
    store.forget();
    store.pass('deploy', AT);
    expect(Object.fromEntries(storage.kept)).toEqual({ [PROGRESS_KEY]: newer, [ASIDE_KEY]: 'an older one' });
    expect(store.isKept).toBe(false);
    store.discardAside();
    expect(storage.kept.get(ASIDE_KEY)).toBe(newer);
    expect(store.isKept).toBe(true);
    expect([...new ProgressStore(storage).progress.passed.keys()]).toEqual(['deploy']);
  });
});

test('what is no id of a step is not kept, and the steps that are kept have a bound', () => {
  const storage = browser();
  const store = new ProgressStore(storage);
  for (const wrong of ['', 'Deploy', 'a b', '__proto__', 'x'.repeat(65), 'a--b']) {
    store.pass(wrong, AT);
    store.visit(wrong, AT, '');
  }
  expect(store.progress).toEqual(NOTHING);
  const many = new Map(Array.from({ length: MOST_STEPS }, (_, index) => [`step-${index}`, AT]));
  expect(store.add({ passed: many, last: null })).toBeNull();
  store.pass('one-more', AT);
  expect(store.progress.passed.size).toBe(MOST_STEPS);
  expect(store.add({ passed: new Map([['one-more', AT]]), last: null })).toMatch(/more than 500/);
  expect(parseProgress(storage.read(PROGRESS_KEY) ?? '')).toEqual({ progress: store.progress });
});
