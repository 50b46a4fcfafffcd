// Exercise: a client that comes back with growing pauses, begins anew after a success, and forgets nothing that it had to say.
import { randomInt } from 'node:crypto';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import { createFlakyServer, type FlakyServer, type Treatment } from './flaky-server.ts';

const PORT = 8091;
/** Milliseconds below which a client hammers, and in which it has to be back. */
const SHORTEST_MS = 50;
const BACK_MS = 3_000;
/** Rows of failures, and the pauses of each that are compared. */
const ROWS = 3;
const PAUSES = 3;
/** What the last pause of a row has to be of its first, at least; what each has to be of the one before; and the first of the last before it, at most. */
const GROWTH = 1.5;
const STEADY = 0.8;
const RESET = 0.7;

export const reconnectWithBackOff: TrialCheckpoint = {
  step: 'reconnect-with-back-off',
  kind: 'trial',
  files: { 'client.js': 'client' },
  async check(examination) {
    const plan = makePlan();
    const server = createFlakyServer(plan, examination);
    examination.serve(PORT, server.accept);
    await examination.start('client.js');

    const rows: number[][] = [[]];
    for (const [number, treatment] of plan.entries()) {
      const pause = await expectAttempt(examination, server, number);
      if (number > 0) rows.at(-1)?.push(pause);
      if (treatment === 'refuse') continue;
      if (rows.length > 1) expectNothingOwed(examination, server);
      rows.push([]);
    }
    expectGrowth(examination, server, shortest(rows));
    expectReset(examination, server, shortest(rows.slice(1)));
    const done = await server.allDone(1_000);
    examination.expect(done, {
      title: 'It does its last job',
      exchange: server,
      expected: answers(server.undone()),
      received: `nothing of that${crash(examination)}`,
      hint: 'On an open connection it answers `job <word>` with `done <word>`, as before.',
    });
  },
};

/** Each row ends with a connection, and each connection but the last is cut. The first row may be longer by one. */
function makePlan(): Treatment[] {
  const refusals = (times: number) => Array.from({ length: times }, (): Treatment => 'refuse');
  const more = Array.from({ length: ROWS - 1 }, (): Treatment[] => ['cut', ...refusals(PAUSES - 1)]);
  return [...refusals(PAUSES + randomInt(2)), ...more.flat(), 'keep'];
}

/** On a busy machine a pause seems longer than it is, and never shorter: of each in its place, the shortest of all rows is the truest. */
function shortest(rows: readonly number[][]): number[] {
  const whole = rows.filter((row) => row.length >= PAUSES);
  return Array.from({ length: PAUSES }, (_, place) => Math.min(...whole.map((row) => row[place] ?? 0)));
}

/** @returns milliseconds since the end of the connection before */
async function expectAttempt(examination: Examination, server: FlakyServer, number: number): Promise<number> {
  const attempt = await server.attempt(number, BACK_MS);
  examination.expect(attempt !== null, {
    title: number === 0 ? 'It connects' : 'It comes back',
    exchange: server,
    expected: `a connection within ${BACK_MS / 1_000} s`,
    received: `none${crash(examination)}`,
    hint: 'A connection that ends and one that is refused both come to `close`: try again there. Without a listener for `error` a refusal ends the script.',
  });
  const gap = attempt?.gap ?? 0;
  if (number > 0)
    examination.expect(gap >= SHORTEST_MS, {
      title: 'It waits before it comes back',
      exchange: server,
      expected: `a pause of ${SHORTEST_MS} ms or more`,
      received: ms(gap),
      hint: 'Do not connect in the handler of `close` itself, but later: `setTimeout(connect, pause)`. Chance may make a pause a fifth longer, not shorter.',
    });
  return gap;
}

function expectGrowth({ expect }: Examination, server: FlakyServer, pauses: readonly number[]): void {
  const [first = 0] = pauses;
  const steady = pauses.every((each, index) => each >= STEADY * (pauses[index - 1] ?? 0));
  expect(steady && (pauses.at(-1) ?? 0) >= GROWTH * first, {
    title: 'Each pause is longer than the one before',
    exchange: server,
    expected: 'pauses that double with each failure',
    received: pauses.map(ms).join(', '),
    hint: 'Keep the pause in a variable outside `connect`, and double it each time that the connection has ended.',
  });
}

function expectReset({ expect }: Examination, server: FlakyServer, pauses: readonly number[]): void {
  const [first = 0] = pauses;
  expect(first <= RESET * (pauses.at(-1) ?? 0), {
    title: 'After a success the pauses begin anew',
    exchange: server,
    expected: 'the first, short pause',
    received: `${ms(first)}, and then ${pauses.slice(1).map(ms).join(', ')}`,
    hint: 'When the connection is open, set the pause back to its first value: in the handler of `open`.',
  });
}

/** The server has waited for it before it gave the next job: no more than that one is undone. */
function expectNothingOwed(examination: Examination, server: FlakyServer): void {
  const owed = server.undone().slice(0, -1);
  examination.expect(owed.length === 0, {
    title: 'What it could not say before comes with the next connection',
    exchange: server,
    expected: answers(owed),
    received: owed.length === 0 ? 'all of it' : `nothing of that${crash(examination)}`,
    hint: 'What is sent on a connection that has ended is lost without a word. Keep it in a list, and send the list when the next connection is open.',
  });
}

const answers = (words: readonly string[]) =>
  words.map((word) => `done ${word}`).join(', ') || 'done for each job';
const ms = (time: number) => `${Math.round(time)} ms`;

/** Why the client does nothing any more, where that is so. */
function crash({ servers }: Examination): string {
  for (const { state, error } of servers()) {
    if (state === 'crashed' && error)
      return `: the script has ended${error.line === null ? '' : ` at line ${error.line}`}: ${error.message}`;
    if (state === 'ended') return ': the script has nothing left to do, and has ended';
  }
  return '';
}
