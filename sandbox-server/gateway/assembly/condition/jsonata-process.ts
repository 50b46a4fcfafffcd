// The host's hold on the process that evaluates JSONata: one question after the other, each within its time, and a new process after a bad one.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Asked, ConditionContext } from './jsonata-child.ts';

export type JsonataAnswer = { value: boolean } | { error: string };

export interface JsonataProcess {
  /** `context` is a tree of JSON; `null` only parses. Never rejects. */
  evaluate(expression: string, context: ConditionContext | null): Promise<JsonataAnswer>;
  close(): Promise<void>;
}

/** Milliseconds from the start of one evaluation until its process is ended. */
const DEADLINE_MS = 400;
/** Milliseconds for a process to start, before its first evaluation. */
const START_MS = 5_000;
/** Evaluations that may wait. */
const MAX_WAITING = 500;
/** MiB of its heap. */
const HEAP_MIB = 64;

/** What the process answers; it could say anything once a condition has got hold of it. */
const answered = z.object({
  id: z.number(),
  value: z.boolean().optional(),
  error: z.string().max(2_000).optional(),
});

interface Ticket extends Omit<Asked, 'id'> {
  resolve(answer: JsonataAnswer): void;
}

/** The process starts with the first question. */
export function createJsonataProcess(): JsonataProcess {
  const waiting: Ticket[] = [];
  let child: ChildProcess | null = null;
  let current: Ticket | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let closed = false;

  function start(): ChildProcess {
    const started = fork(fileURLToPath(new URL('./jsonata-child.ts', import.meta.url)), [], {
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${HEAP_MIB}`],
      // What it prints when it runs out of memory helps nobody.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'json',
    });
    started.unref();
    started.channel?.unref();
    started.on('message', (message) => {
      const { id, ...answer } = answered.parse(message);
      if (id === lastId && current)
        settle(answer.error === undefined ? { value: answer.value === true } : { error: answer.error });
    });
    const gone = () => {
      if (child !== started) return;
      child = null;
      if (current) settle({ error: 'it takes more memory than a condition may' });
    };
    started.on('error', gone);
    started.on('exit', gone);
    return started;
  }

  function settle(answer: JsonataAnswer): void {
    clearTimeout(timer);
    current?.resolve(answer);
    current = null;
    next();
  }

  function next(): void {
    if (current || closed) return;
    current = waiting.shift() ?? null;
    if (!current) return;
    const fresh = child === null;
    child ??= start();
    lastId += 1;
    timer = setTimeout(
      () => {
        const slow = child;
        child = null;
        slow?.kill('SIGKILL');
        settle({ error: `it does not end within ${DEADLINE_MS} ms` });
      },
      fresh ? START_MS : DEADLINE_MS,
    );
    child.send({ id: lastId, expression: current.expression, context: current.context });
  }

  return {
    evaluate(expression, context) {
      if (closed) return Promise.resolve({ error: 'the gateway is closing' });
      if (waiting.length >= MAX_WAITING)
        return Promise.resolve({ error: 'more conditions wait than the lab can evaluate soon' });
      return new Promise((resolve) => {
        waiting.push({ expression, context, resolve });
        next();
      });
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const ticket of [...(current ? [current] : []), ...waiting.splice(0)])
        ticket.resolve({ error: 'the gateway is closing' });
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
