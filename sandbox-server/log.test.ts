import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(error: unknown): string {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  log.error({ err: error }, 'it failed');
  log.debug('not told at this level');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

test('an error is one line with its sentence, its place and its causes, and no stack', () => {
  const [outer, inner] = [randomUUID(), randomUUID()];
  const line = logged(new Error(outer, { cause: Object.assign(new TypeError(inner), { code: 'EPIPE' }) }));
  expect(JSON.parse(line)).toMatchObject({
    level: 50,
    msg: 'it failed',
    err: {
      type: 'Error',
      message: outer,
      at: expect.stringContaining('log.test.ts'),
      cause: { message: inner, code: 'EPIPE' },
    },
  });
  expect(line).not.toContain('\\n    at');
  expect(line.trimEnd()).not.toContain('\n');
});

test('a cause that leads back to itself ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(logged(error)).toContain('round');
});

test('what is thrown and is no error is told as text', () => {
  expect(JSON.parse(logged('just text'))).toMatchObject({ err: { message: 'just text' } });
});
