import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInput } from './command-input.ts';

const never = new AbortController().signal;
async function all(pieces: AsyncGenerator<string>): Promise<string[]> {
  const got: string[] = [];
  for await (const piece of pieces) got.push(piece);
  return got;
}

test('lines are whole however the text was cut, and together they are the text', async () => {
  const text = fc.array(fc.constantFrom('a', 'ä😀', '\n', '\n\n', 'b c', '\r\n'), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(text, async (pieces) => {
      const input = createInput(10_000);
      for (const piece of pieces) input.push(piece);
      input.end();
      const lines = await all(input.lines(never));
      expect(lines.join('')).toBe(pieces.join(''));
      for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[^\n]*\n$/);
    }),
  );
});

test('what is typed while nobody reads is kept up to the bound, and what is read makes room', async () => {
  const input = createInput(10);
  expect([input.push('äää'), input.push('1234'), input.push('5')]).toEqual([true, true, false]);
  const pieces = input.chunks(never);
  expect((await pieces.next()).value).toBe('äää');
  expect(input.push('567890')).toBe(true);
  expect(input.push('x')).toBe(false);
});

test('a line that never ends comes in pieces, so that no more is kept than may', async () => {
  const input = createInput(8);
  const got: string[] = [];
  const reading = (async () => {
    for await (const piece of input.lines(never)) got.push(piece);
  })();
  for (let i = 0; i < 20; i += 1) {
    input.push('abcd');
    await new Promise((resolve) => setImmediate(resolve));
  }
  input.end();
  await reading;
  expect(got.join('')).toBe('abcd'.repeat(20));
  expect(Math.max(...got.map((piece) => piece.length))).toBeLessThanOrEqual(12);
});

test('a reader that waits is woken by text, by the end, and by the abort', async () => {
  const input = createInput(100);
  const next = input.chunks(never).next();
  input.push('x');
  expect((await next).value).toBe('x');
  const end = createInput(100);
  const ended = end.chunks(never).next();
  end.end();
  expect((await ended).done).toBe(true);
  expect(end.push('late')).toBe(false);
  const abort = new AbortController();
  const aborted = createInput(100).chunks(abort.signal).next();
  abort.abort(new Error('over'));
  await expect(aborted).rejects.toThrow('over');
});
