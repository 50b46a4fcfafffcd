import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startCompileThread } from './compile-thread.ts';
import { slowText } from './slow-text.fixture.ts';

function startThread(deadlineMs: number, bounds?: { heapMib?: number; startMs?: number }) {
  const thread = startCompileThread(deadlineMs, { targetOrigins: [] }, bounds);
  onTestFinished(() => thread.terminate());
  return thread;
}
const job = () => ({ kind: 'definition' as const, text: `a: ${randomUUID()}`, name: 'one' });

test('texts are answered one after the other, the first as soon as the thread is up', async () => {
  const thread = startThread(2_000);
  for (let i = 0; i < 3; i += 1) expect(await thread.compile(job())).toMatchObject({ by: 'answer' });
});

test('after the deadline the thread is of no more use, and says so', async () => {
  const thread = startThread(60);
  const text = slowText();
  expect(await thread.compile({ kind: 'definition', text, name: 'slow' })).toEqual({ by: 'deadline' });
  expect(await thread.compile(job())).toEqual({ by: 'deadline' });
});

test('a thread that runs out of memory is told as a failure, and takes nothing else with it', async () => {
  const thread = startThread(2_000, { heapMib: 8 });
  const failure = { by: 'failure', reason: expect.stringMatching(/memory/) };
  expect(await thread.compile(job())).toEqual(failure);
  expect(await thread.compile(job())).toEqual(failure);
});

test('a thread that does not come up in its time says so, and is of no more use', async () => {
  const thread = startThread(2_000, { startMs: 1 });
  expect(await thread.compile(job())).toEqual({ by: 'start' });
  expect(await thread.compile(job())).toEqual({ by: 'start' });
});
