import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCheckTurns } from './check-turns.ts';

/** Checks that are over when the test says so, in the order in which they began. */
function trackedTurns(limits: { atOnce: number; waiting: number }) {
  const turns = createCheckTurns(limits);
  const begun: { address: string; end: PromiseWithResolvers<void> }[] = [];
  let ended = 0;
  const ask = (address: string, gone = new AbortController().signal) =>
    turns.take(address, gone, () => {
      const end = Promise.withResolvers<void>();
      begun.push({ address, end });
      return end.promise;
    });
  /** The oldest that runs is over, and what follows from that has happened. */
  async function endOne(how: 'resolve' | 'reject' = 'resolve') {
    const next = begun[ended];
    if (!next) throw new Error('none runs');
    ended += 1;
    next.end[how]();
    await new Promise(setImmediate);
  }
  return {
    ask,
    endOne,
    addresses: () => begun.map(({ address }) => address),
    running: () => begun.length - ended,
  };
}

/** Checks of which the test ends which it likes. */
function runningTurns(limits: { atOnce: number; waiting: number }) {
  const turns = createCheckTurns(limits);
  const running: { address: string; end(): void }[] = [];
  return {
    ask: (address: string) =>
      turns.take(address, new AbortController().signal, () => {
        const over = Promise.withResolvers<void>();
        running.push({ address, end: over.resolve });
        return over.promise;
      }),
    /** Ends one, and gives the addresses that have begun since. */
    async end(at: number): Promise<string[]> {
      const [over] = running.splice(at, 1);
      const before = running.length;
      over?.end();
      await new Promise(setImmediate);
      return running.slice(before).map(({ address }) => address);
    },
    running: () => running.map(({ address }) => address),
  };
}

const busy = { status: 429, code: 'checks-busy', headers: { 'Retry-After': '3' } };

describe('turns of checks', () => {
  test('an address that asks much waits for itself: another’s only check is the next but one at the latest', async () => {
    const { ask, endOne, addresses } = trackedTurns({ atOnce: 1, waiting: 400 });
    const all = Array.from({ length: 100 }, () => ask('many'));
    all.push(ask('one'));
    await endOne();
    await endOne();
    expect(addresses()).toEqual(['many', 'many', 'one']);
    for (let left = all.length - 2; left > 0; left -= 1) await endOne();
    await Promise.all(all);
  });

  test('a room of 200 behind one address is served, each once, and never more at once than may be', async () => {
    const { ask, endOne, running, addresses } = trackedTurns({ atOnce: 16, waiting: 400 });
    const all = Array.from({ length: 200 }, () => ask('room'));
    for (let time = 0; time < 200; time += 1) {
      expect(running()).toBe(Math.min(16, 200 - time));
      await endOne();
    }
    await Promise.all(all);
    expect(addresses()).toHaveLength(200);
  });

  test('an address whose checks take long keeps no more places than another that waits, and all where nobody else does', async () => {
    const { ask, end, running } = runningTurns({ atOnce: 16, waiting: 400 });
    const all = Array.from({ length: 100 }, () => ask('slow'));
    expect(count(running(), 'slow')).toBe(16);
    for (let asked = 0; asked < 30; asked += 1) all.push(ask('quick'));
    // One of each ends by turns, at first only those that are there: by places, not by turns, they become equal.
    for (let time = 0; time < 8; time += 1) expect(await end(running().indexOf('slow'))).toEqual(['quick']);
    for (let time = 0; time < 22; time += 1) expect(await end(running().indexOf('quick'))).toEqual(['quick']);
    while (running().includes('quick')) await end(running().indexOf('quick'));
    expect(count(running(), 'slow')).toBe(16);
    while (running().length > 0) await end(0);
    await Promise.all(all);
  });

  test('whoever asks and however long checks take, a place that is free goes to an address that has the fewest of those that wait', async () => {
    const address = fc.constantFrom('a', 'b', 'c', 'd');
    const asks = fc.array(address, { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(asks, fc.infiniteStream(fc.nat()), async (order, chances) => {
        const { ask, end, running } = runningTurns({ atOnce: 4, waiting: 100 });
        const all = order.map((each) => ask(each));
        const waiting: string[] = order.slice(4);
        for (const _ of order) {
          const at = (chances.next().value ?? 0) % running().length;
          const left = running().toSpliced(at, 1);
          const fewest = Math.min(...waiting.map((each) => count(left, each)));
          const [next] = await end(at);
          if (next === undefined) expect(waiting).toEqual([]);
          else {
            expect(count(left, next)).toBe(fewest);
            waiting.splice(waiting.indexOf(next), 1);
          }
        }
        await Promise.all(all);
      }),
      { numRuns: 100 },
    );
  });

  test('one address has three quarters of the places, and the rest is for others', async () => {
    const { ask, endOne } = trackedTurns({ atOnce: 1, waiting: 4 });
    const mine = Array.from({ length: 4 }, () => ask('many'));
    await expect(ask('many')).rejects.toMatchObject(busy);
    const other = ask('other');
    await expect(ask('third')).rejects.toMatchObject(busy);
    for (let time = 0; time < 5; time += 1) await endOne();
    await Promise.all([...mine, other]);
  });

  test('who goes while it waits is not examined, and its place is free at once', async () => {
    const { ask, endOne, addresses } = trackedTurns({ atOnce: 1, waiting: 1 });
    const first = ask('a');
    const gone = new AbortController();
    const waiting = ask('b', gone.signal);
    await expect(ask('c')).rejects.toMatchObject(busy);
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ status: 400, code: 'client-gone' });
    const instead = ask('c');
    await endOne();
    await endOne();
    await Promise.all([first, instead]);
    expect(addresses()).toEqual(['a', 'c']);
  });

  test('a check that fails hands its turn on as one that does not', async () => {
    const { ask, endOne } = trackedTurns({ atOnce: 1, waiting: 4 });
    const [first, second] = [ask('a'), ask('a')];
    const failed = expect(first).rejects.toBeUndefined();
    await endOne('reject');
    await endOne();
    await Promise.all([failed, second]);
  });

  test('whoever asks, each address is served by turns: none twice while another that came before waits', async () => {
    const asks = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(asks, async (order) => {
        const { ask, endOne, addresses } = trackedTurns({ atOnce: 1, waiting: 100 });
        const all = order.map((address) => ask(address));
        for (const _ of order) await endOne();
        await Promise.all(all);
        const served = addresses().slice(1);
        const waited = order.slice(1);
        for (const [at, address] of served.entries()) {
          const left = new Set(
            waited.filter((each) => count(served.slice(0, at), each) < count(waited, each)),
          );
          const since = served.slice(0, at).lastIndexOf(address);
          if (since < 0) continue;
          const between = new Set(served.slice(since + 1, at));
          for (const other of left) if (other !== address) expect(between).toContain(other);
        }
      }),
      { numRuns: 50 },
    );
  });
});

const count = (list: readonly string[], wanted: string) => list.filter((each) => each === wanted).length;
