import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import type { Run } from '../lab-server/answers.ts';
import { exampleView, saidOf } from './example-view.ts';

const run = (parts: Partial<Run>): Run => ({
  outcome: 'completed',
  response: { status: 200, reason: 'OK', headers: [], body: '' },
  console: [],
  log: [],
  truncated: false,
  trace: [],
  error: null,
  handshake: [],
  ...parts,
});
const shown = (parts: Partial<Run>) => renderView(exampleView(run(parts), () => {}));
const entry = (text: string) => ({ level: 'info', text, line: 1 });

test('what an example printed stands there line by line', async () => {
  const [one, two] = [randomUUID(), `<${randomUUID()}>`];
  const html = await shown({ console: [entry(one), entry(two)] });
  expect(html).toContain(`${one}\n&lt;${two.slice(1, -1)}&gt;`);
  expect(html).toContain('It printed:');
});

test('an example that prints nothing says so', () => {
  expect(saidOf(run({}))).toBe('It printed nothing.');
});

test('an example that throws says what and where', async () => {
  const message = randomUUID();
  const error = { name: 'TypeError', message, line: 3, column: 1 };
  const html = await shown({ outcome: 'threw', error, console: [entry('before')] });
  expect(html).toMatch(/threw an error at line 3/);
  expect(html).toContain(`TypeError: ${message}`);
  expect(html).toContain('before');
});
