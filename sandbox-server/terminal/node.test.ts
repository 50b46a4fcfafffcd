import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ServerEnd } from '../backend/own-server/deployed.ts';
import type { ServerWatch, StartedServer } from './command.ts';
import { Ended } from './ended.ts';
import { node } from './node.ts';
import { runCommand, surroundingsAt } from './terminal.fixture.ts';

/** A server that starts as the test says, whose life is the test's. */
function server(started?: StartedServer) {
  const script = `${randomUUID()}\n  ${randomUUID()}`;
  const told: string[] = [];
  const watching = Promise.withResolvers<ServerWatch>();
  const around = surroundingsAt(1, {
    server: {
      async start(file, watch) {
        told.push(`start ${file}`);
        watching.resolve(watch);
        return (
          started ?? {
            is: 'running',
            script,
            stop: async () => void told.push('stop'),
            leave: () => void told.push('leave'),
          }
        );
      },
    },
  });
  return { around, script, told, watch: watching.promise };
}

test('it gives the page’s file to the server, prints its console, and Ctrl-C stops it', async () => {
  const [file, out, error] = [randomUUID(), randomUUID(), randomUUID()];
  const { around, told, watch } = server();
  const run = runCommand(node, './websocket_server.js', around, undefined, file);
  const { console } = await watch;
  console('log', out);
  console('error', error);
  expect([run.printed.stdout, run.printed.stderr]).toEqual([`${out}\n`, `${error}\n`]);
  run.interrupt();
  await run.exit;
  expect(told).toEqual([`start ${file}`, 'stop', 'leave']);
});

test('where its time is over, or its page is gone, the server runs on', async () => {
  const { around, told, watch } = server();
  const run = runCommand(node, 'server.js', around);
  await watch;
  run.interrupt(new Ended(124, ''));
  await run.exit;
  expect(told).toEqual(['start null', 'leave']);
});

const error = { name: 'TypeError', message: randomUUID(), line: 2, column: 3 };

test.each<[string, ServerEnd, number]>([
  ['has nothing left to do', { how: 'ended' }, 0],
  ['is replaced', { how: 'replaced' }, 143],
  ['is stopped on the page', { how: 'stopped' }, 143],
  ['throws', { how: 'crashed', error }, 1],
])('a server that %s ends the program', async (_, end, code) => {
  const { around, script, told, watch } = server();
  const run = runCommand(node, 'server.js', around);
  (await watch).ended(end);
  expect(await run.exit).toBe(code);
  expect(told).toEqual(['start null']);
  const place = `server.js:2\n${script.split('\n')[1]}\n  ^\n\nTypeError: ${error.message}\n`;
  expect(run.printed.stderr).toBe(end.how === 'crashed' ? place : '');
});

test('one that does not start says so as Node does, or why the lab does not start it', async () => {
  const nowhere = { ...error, line: null, column: null };
  const crashed = server({ is: 'crashed', script: '', error: nowhere });
  const first = runCommand(node, 'server.js', crashed.around);
  expect(await first.exit).toBe(1);
  expect(first.printed.stderr).toBe(`Uncaught TypeError: ${error.message}\n`);
  const why = randomUUID();
  const second = runCommand(node, 'server.js', server({ is: 'refused', why }).around);
  expect([await second.exit, second.printed.note]).toEqual([1, `${why}\n`]);
});

test.each(['', 'other.js', '-e 1', 'server.js more', '--help'])(
  'node %s is told which file there is',
  async (line) => {
    const run = runCommand(node, line, surroundingsAt(1));
    expect(await run.exit).toBe(1);
    expect(run.printed.note).toContain('node websocket_server.js');
  },
);
