import { expect, test } from 'vitest';
import { createWriteQueue } from './write-queue.ts';

/** A terminal that takes one text at a time, when it is told to. */
function slowTerminal() {
  const written: string[] = [];
  let taken: (() => void) | null = null;
  const push = createWriteQueue((text, done) => {
    written.push(text);
    taken = done;
  });
  return {
    push,
    written,
    take() {
      const done = taken;
      taken = null;
      done?.();
    },
  };
}

test('steps are written in order, each when the last is taken, and texts that wait together as one', () => {
  const { push, written, take } = slowTerminal();
  const order: string[] = [];
  push('a');
  push('b');
  push('c');
  push({ make: () => `d after ${written.length}`, taken: () => order.push('d is there') });
  push('e');
  expect(written).toEqual(['a']);
  take();
  expect(written).toEqual(['a', 'bc']);
  take();
  expect(written).toEqual(['a', 'bc', 'd after 2']);
  expect(order).toEqual([]);
  take();
  expect([written.at(-1), order]).toEqual(['e', ['d is there']]);
  take();
  push('f');
  expect(written.at(-1)).toBe('f');
});

test('a step that is pushed while another is told comes after those that wait', () => {
  const { push, written, take } = slowTerminal();
  push({ make: () => '1', taken: () => push('4') });
  push({ make: () => '2' });
  push('3');
  for (let i = 0; i < 4; i += 1) take();
  expect(written).toEqual(['1', '2', '34']);
});
