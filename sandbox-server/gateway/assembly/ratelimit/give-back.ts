// What a connection has taken of limits with `auto-decrement`, given back once when it is closed.
import type { Count, Counters } from './counters.ts';

/** By connection, which is what a signal stands for; one entry for each limit, however often it is taken. */
const taken = new WeakMap<AbortSignal, Map<string, Count>>();

/** Notes what was taken, or given back by hand meanwhile. */
export function giveBackAtEnd(signal: AbortSignal, counters: Counters, count: Count): void {
  if (signal.aborted) {
    if (count.weight > 0) counters.take([{ ...count, weight: -count.weight }]);
    return;
  }
  const known = taken.get(signal);
  const notes = known ?? new Map<string, Count>();
  const weight = Math.max(0, (notes.get(count.id)?.weight ?? 0) + count.weight);
  notes.set(count.id, { ...count, weight });
  if (known) return;
  taken.set(signal, notes);
  const giveBack = () =>
    void counters.take([...notes.values()].map((each) => ({ ...each, weight: -each.weight })));
  signal.addEventListener('abort', giveBack, { once: true });
}
