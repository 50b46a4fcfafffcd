// The host's hold on the process that evaluates JSONata: one question after the other, each within its time, and a new process after a bad one.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createWaitingLine, SOURCE_SHARE } from '../../../gatewayscript/pool/waiting-line.ts';
import type { GatewayLimits } from '../../limits.ts';
import type { Asked } from './jsonata-child.ts';

/** The place of the first that holds, `null` where none does; or why one cannot be evaluated, and which, where that is known. */
export type JsonataAnswer = { at: number | null } | { error: string; at: number | null };

export interface Question extends Omit<Asked, 'id'> {
  /** The sandbox that asks: when questions wait, sandboxes take turns. */
  source: string;
}

export interface JsonataProcess {
  /** Never rejects. */
  firstThatHolds(question: Question): Promise<JsonataAnswer>;
  close(): Promise<void>;
}

/** Milliseconds for a process to start, before its first evaluation. */
const START_MS = 5_000;
/** All of the file system that it may read, and it may write nothing: itself and its libraries. */
const OWN_CODE = ['./', new URL('../', import.meta.resolve('jsonata'))].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
/** MiB of its heap. */
const HEAP_MIB = 64;

/** What the process says; it could say anything once a condition has got hold of it. */
const told = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), trying: z.number().int().min(1) }),
  z.object({
    id: z.number(),
    at: z.number().int().min(0).nullable(),
    error: z.string().max(1_000).optional(),
  }),
]);

interface Ticket extends Question {
  resolve(answer: JsonataAnswer): void;
}

/** The process starts with the first question. */
export function createJsonataProcess(
  limits: Pick<GatewayLimits, 'CONDITION_DEADLINE_MS' | 'CONDITION_QUEUE'>,
): JsonataProcess {
  const { CONDITION_DEADLINE_MS: deadlineMs, CONDITION_QUEUE: queue } = limits;
  const waiting = createWaitingLine<Ticket>();
  let child: ChildProcess | null = null;
  let ready = false;
  let current: Ticket | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  /** The place of the expression that is being evaluated; `null` before the first. */
  let trying: number | null = null;
  let closed = false;

  function start(): ChildProcess {
    // A single evaluation, or pattern, may take a quarter of the time of all.
    const started = fork(
      fileURLToPath(new URL('./jsonata-child.ts', import.meta.url)),
      [`${deadlineMs / 4}`],
      {
        env: {},
        execArgv: [
          '--disable-warning=ExperimentalWarning',
          '--permission',
          ...OWN_CODE.map((folder) => `--allow-fs-read=${folder}`),
          `--max-old-space-size=${HEAP_MIB}`,
        ],
        // What it prints when it runs out of memory helps nobody.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        serialization: 'json',
      },
    );
    started.unref();
    started.channel?.unref();
    started.on('message', (message) => {
      const { data } = told.safeParse(message);
      if (!data || child !== started) return;
      if ('ready' in data) {
        ready = true;
        ask(started);
      } else if (data.id === lastId) {
        if ('trying' in data) trying = data.trying;
        else settle(data.error === undefined ? { at: data.at } : { at: data.at, error: data.error });
      }
    });
    const gone = () => {
      if (child !== started) return;
      child = null;
      settle({ at: trying, error: 'it takes more memory than a condition may' });
    };
    started.on('error', gone);
    started.on('exit', gone);
    return started;
  }

  function settle(answer: JsonataAnswer): void {
    if (!current) return;
    clearTimeout(timer);
    current.resolve(answer);
    current = null;
    trying = null;
    next();
  }

  function next(): void {
    if (current || closed) return;
    current = waiting.shift() ?? null;
    if (!current) return;
    if (child && ready) ask(child);
    else {
      // Time to start is not the condition's own.
      endAfter(START_MS, () => 'the lab could not start to evaluate it');
      ready = false;
      child ??= start();
    }
  }

  function ask(whom: ChildProcess): void {
    if (!current) return;
    const { expressions, context } = current;
    lastId += 1;
    trying = 0;
    endAfter(deadlineMs, () =>
      trying === 0
        ? `it does not end within ${deadlineMs} ms`
        : `it and the conditions before it do not end within ${deadlineMs} ms`,
    );
    whom.send({ id: lastId, expressions, context });
  }

  function endAfter(milliseconds: number, error: () => string): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const slow = child;
      child = null;
      slow?.kill('SIGKILL');
      settle({ at: trying, error: error() });
    }, milliseconds);
  }

  return {
    firstThatHolds(question) {
      const { source } = question;
      if (closed) return Promise.resolve({ at: null, error: 'the gateway is closing' });
      if (waiting.length >= queue || waiting.lengthOf(source) >= queue * SOURCE_SHARE)
        return Promise.resolve({ at: null, error: 'more conditions wait than the lab can evaluate soon' });
      return new Promise((resolve) => {
        waiting.push(source, { ...question, resolve });
        next();
      });
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const ticket of [...(current ? [current] : []), ...waiting.clear()])
        ticket.resolve({ at: null, error: 'the gateway is closing' });
      current = null;
      const ending = child;
      child = null;
      if (!ending || ending.exitCode !== null) return;
      const ended = once(ending, 'exit');
      ending.kill('SIGKILL');
      await ended;
    },
  };
}
