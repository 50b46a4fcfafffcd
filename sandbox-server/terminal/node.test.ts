import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { node } from './node.ts';
import { runCommand, surroundingsAt } from './terminal.fixture.ts';

test('the console of the server that runs is shown until Ctrl-C, and then no more', async () => {
  const [note, first, port] = [randomUUID(), randomUUID(), 8_000 + Math.floor(Math.random() * 999)];
  const started: string[] = [];
  let say: ((text: string) => void) | null = null;
  const around = surroundingsAt(1, {
    server: {
      async start(file) {
        started.push(file);
        return { port, note };
      },
      follow(followed, line) {
        if (followed === port) say = line;
        return () => {
          say = null;
        };
      },
    },
  });
  const run = runCommand(node, './websocket_server.js', around);
  await run.until('note', note);
  const tell: (text: string) => void = say ?? (() => {});
  tell(first);
  expect(run.printed.stdout).toBe(`${first}\n`);
  run.interrupt();
  await run.exit;
  expect([say, started]).toEqual([null, ['websocket_server.js']]);
});

test.each(['', 'other.js', '-e 1', 'server.js more', '--help'])(
  'node %s is told which file there is',
  async (line) => {
    const run = runCommand(node, line, surroundingsAt(1));
    expect(await run.exit).toBe(1);
    expect(run.printed.note).toContain('node websocket_server.js');
  },
);

test('where nobody more can watch, it says so and ends', async () => {
  const around = surroundingsAt(1, {
    server: { start: async () => ({ port: 1, note: '' }), follow: () => null },
  });
  const run = runCommand(node, 'server.js', around);
  expect(await run.exit).toBe(1);
  expect(run.printed.note).toContain('Close another tab');
});
