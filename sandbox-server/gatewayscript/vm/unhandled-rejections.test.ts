// Which rejected promises are told, and which are not any more.
import { describe, expect, test } from 'vitest';
import { createUnhandledRejections } from './unhandled-rejections.ts';

const error = (message: string) => ({ name: 'Error', message, line: 1, column: 1 });
const start = () => createUnhandledRejections((reason) => (reason < 0n ? null : error(String(reason))));

describe('unhandled rejections', () => {
  test('the oldest that has no handler is told', () => {
    const rejections = start();
    rejections.rejected(1n, 10n);
    rejections.rejected(2n, 20n);
    expect(rejections.first()?.message).toBe('10');
    rejections.handled(1n);
    expect(rejections.first()?.message).toBe('20');
    rejections.handled(2n);
    expect(rejections.first()).toBeNull();
  });

  test('a promise that went unhandled is told even where another took its place in memory and was handled', () => {
    const rejections = start();
    rejections.rejected(1n, 10n);
    rejections.rejected(1n, 11n);
    rejections.handled(1n);
    expect(rejections.first()?.message).toBe('10');
  });

  test('the oldest is told, whichever place in memory was taken first', () => {
    const rejections = start();
    rejections.rejected(1n, 10n);
    rejections.rejected(2n, 20n);
    rejections.rejected(2n, 30n);
    expect(rejections.first()?.message).toBe('10');
  });

  test('beyond what is kept, a handler takes back its own promise’s rejection only', () => {
    const rejections = start();
    for (let i = 0n; i < 100n; i += 1n) rejections.rejected(i, i);
    rejections.rejected(0n, 1_000n);
    rejections.handled(0n);
    expect(rejections.first()?.message).toBe('0');
  });

  test('a reason that cannot be shown is told as such', () => {
    const rejections = start();
    rejections.rejected(1n, -1n);
    expect(rejections.first()?.message).toBe('a value that cannot be shown');
  });

  test('at most a hundred are kept, and none after a run', () => {
    const rejections = start();
    for (let i = 0n; i < 500n; i += 1n) rejections.rejected(i, i);
    expect(rejections.count()).toBe(100);
    rejections.forget();
    expect(rejections.count()).toBe(0);
  });
});
