import { once } from 'node:events';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { startRawServer, surroundingsAt } from './terminal.fixture.ts';
import { createTerminal, type TerminalEvent, type TerminalLimits } from './terminal.ts';

afterEach(() => {
  vi.useRealTimers();
});

const LIMITS: TerminalLimits = { inputBytes: 100, runMs: 600_000, idleMs: 60_000 };

/** A terminal whose gateway takes connections and never answers, so that a program runs on. */
async function silent(limits: Partial<TerminalLimits> = {}) {
  const server = await startRawServer(() => {});
  const events: TerminalEvent[] = [];
  const mistakes: unknown[] = [];
  const around = surroundingsAt(server.port);
  const terminal = createTerminal({
    limits: { ...LIMITS, ...limits },
    around,
    tell: (event) => events.push(event),
    behind: () => false,
    caughtUp: async () => {},
    mistake: (error) => mistakes.push(error),
  });
  onTestFinished(() => terminal.close());
  const printed = () => events.map((event) => (event.type === 'output' ? event.text : '')).join('');
  const last = () => events.at(-1);
  return { terminal, server, events, around, mistakes, printed, last, url: `${around.endpoint.wss}/x` };
}

test('a line runs its program, tells what it prints, and then its exit code', async () => {
  const { terminal, events } = await silent();
  terminal.run('help');
  await expect.poll(() => events.at(-1)).toEqual({ type: 'exit', code: 0 });
  expect(events[0]).toMatchObject({
    type: 'output',
    stream: 'note',
    text: expect.stringContaining('websocat'),
  });
});

test('a name that is none is 127, and told with what there is', async () => {
  const { terminal, events, last } = await silent();
  terminal.run('rm -rf /');
  await expect.poll(last).toEqual({ type: 'exit', code: 127 });
  expect(events[0]).toEqual({ type: 'output', stream: 'stderr', text: 'rm: command not found\n' });
  terminal.run('constructor');
  await expect.poll(() => events.filter(({ type }) => type === 'exit').length).toBe(2);
  expect(last()).toEqual({ type: 'exit', code: 127 });
});

test('an empty line, or a remark, is nothing to run', async () => {
  const { terminal, events } = await silent();
  terminal.run('  ');
  terminal.run('# later');
  expect(events).toEqual([
    { type: 'exit', code: 0 },
    { type: 'exit', code: 0 },
  ]);
});

test('what only a shell could do is refused, and no program runs', async () => {
  const { terminal, events } = await silent();
  terminal.run('help | help');
  expect(events).toMatchObject([{ type: 'error', error: { code: 'line-not-run' } }]);
});

test('one program runs at a time; the other line is refused, and the first goes on', async () => {
  const { terminal, server, url, last } = await silent();
  terminal.run(`websocat -k ${url}`);
  await expect.poll(() => server.heads.length).toBe(1);
  terminal.run('help');
  expect(last()).toMatchObject({ type: 'error', error: { code: 'command-running' } });
  terminal.signal('interrupt');
  await expect.poll(last).toEqual({ type: 'exit', code: 130 });
  await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
  terminal.run('help');
  await expect.poll(last).toEqual({ type: 'exit', code: 0 });
});

test('more input than may wait is refused, and told', async () => {
  const { terminal, server, url, events, last } = await silent();
  terminal.run(`websocat -k ${url}`);
  await expect.poll(() => server.heads.length).toBe(1);
  terminal.type('x'.repeat(LIMITS.inputBytes));
  expect(events).toEqual([]);
  terminal.type('y');
  expect(last()).toMatchObject({ type: 'error', error: { code: 'input-waits' } });
});

test('input and signals without a program go nowhere', async () => {
  const { terminal, events } = await silent();
  terminal.type('hello\n');
  terminal.signal('interrupt');
  terminal.signal('end-of-input');
  expect(events).toEqual([]);
});

test.each([
  ['runs too long', { runMs: 30_000, idleMs: 3_600_000 }, 'may run 0.5 minutes'],
  ['is idle too long', { runMs: 3_600_000, idleMs: 30_000 }, 'nothing came or went for 0.5 minutes'],
])('a program that %s is ended with 124, and its connection with it', async (_, limits, sentence) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { terminal, server, url, printed, last } = await silent(limits);
  const connected = new Promise<void>((resolve) => {
    const look = () => (server.heads.length > 0 ? resolve() : setImmediate(look));
    look();
  });
  terminal.run(`websocat -k ${url}`);
  await connected;
  vi.advanceTimersByTime(29_000);
  expect(last()).toBeUndefined();
  vi.advanceTimersByTime(2_000);
  vi.useRealTimers();
  await expect.poll(last).toEqual({ type: 'exit', code: 124 });
  expect(printed()).toContain(sentence);
  await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
});

test('a terminal that is closed ends its program, tells nothing more, and runs nothing more', async () => {
  const { terminal, server, url, events } = await silent();
  terminal.run(`websocat -k ${url}`);
  await expect.poll(() => server.heads.length).toBe(1);
  const [socket] = server.sockets;
  if (!socket) throw new Error('no connection');
  const gone = socket.destroyed ? Promise.resolve() : once(socket, 'close');
  terminal.close();
  await gone;
  terminal.run('help');
  terminal.close();
  expect(events).toEqual([]);
});

test('a mistake of the lab is told the operator, and the reader without a stack', async () => {
  const { mistakes, around } = await silent();
  const events: TerminalEvent[] = [];
  const terminal = createTerminal({
    limits: LIMITS,
    around: {
      ...around,
      server: {
        start() {
          throw new Error('unforeseen');
        },
      },
    },
    tell: (event) => events.push(event),
    behind: () => false,
    caughtUp: async () => {},
    mistake: (error) => mistakes.push(error),
  });
  terminal.run('node server.js');
  await expect.poll(() => events.at(-1)).toEqual({ type: 'exit', code: 1 });
  expect(mistakes).toMatchObject([{ message: 'unforeseen' }]);
  expect(JSON.stringify(events)).not.toContain('unforeseen');
});
