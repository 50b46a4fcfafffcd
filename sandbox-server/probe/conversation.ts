// What a probe says once it is connected: its messages one by one, each after the answer to the last.

import type { EventEmitter } from 'node:events';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeMessage, ProbeRun } from './probe.ts';

/** An open connection, whichever client holds it. Emits `answer` for each message, and `end` once. */
export interface OpenConnection {
  events: EventEmitter<{ answer: []; end: [] }>;
  ended(): boolean;
  send(message: ProbeMessage): void;
  ping(): void;
  /** Starts the closing handshake with 1000. */
  close(): void;
}

/** Milliseconds for a welcome, which the tutorial's server sends at once. */
const WELCOME_MS = 250;
/** Milliseconds for the closing handshake. */
const CLOSE_MS = 1_000;

/** Settles when the connection has ended, or should have; `say` gets what is sent. */
export async function converse(
  connection: OpenConnection,
  run: ProbeRun,
  say: (text: string) => void,
): Promise<void> {
  const { ask, signal } = run;
  const pings = ask.pingMs === null ? undefined : setInterval(() => connection.ping(), ask.pingMs);
  try {
    await answered(connection, WELCOME_MS, signal);
    for (const message of ask.messages) {
      if (connection.ended()) return;
      say('text' in message ? message.text : `(binary) ${message.hex}`);
      connection.send(message);
      const got = await answered(connection, ask.replyMs, signal);
      if (!got && !connection.ended()) run.print(`(no answer within ${ask.replyMs} ms)`);
    }
    if (ask.stayMs > 0 && !connection.ended()) await endedWithin(connection, ask.stayMs, signal);
    if (connection.ended()) return;
    connection.close();
    await endedWithin(connection, CLOSE_MS, signal);
  } finally {
    clearInterval(pings);
  }
}

/** Whether an answer came in time. */
async function answered(
  { events, ended }: OpenConnection,
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  if (ended()) return false;
  return first([once(events, 'answer'), once(events, 'end').then(() => null)], ms, signal);
}

async function endedWithin(
  { events, ended }: OpenConnection,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  if (!ended()) await first([once(events, 'end')], ms, signal);
}

/** Whether one of them came with a value before the time was over. Rejects where the signal aborts. */
async function first(waits: Promise<unknown>[], ms: number, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const time = pause(ms, null, { signal: AbortSignal.any([over.signal, signal]) });
  try {
    return (await Promise.race([...waits, time])) !== null;
  } finally {
    over.abort();
    time.catch(() => {});
  }
}
