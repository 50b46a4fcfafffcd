// One run from script to outcome, inside a worker: parse, run, then callbacks until none is left.
import { createConsoleLog } from '../context/console-log.ts';
import { createContext } from '../context/context.ts';
import { createTrace } from '../context/trace.ts';
import { answerHostCall, type RunState } from '../host/host-calls.ts';
import { createRejection } from '../host/rejection.ts';
import { createTargetCalls, type TargetLink } from '../host/target-calls.ts';
import { createTimers } from '../host/timers.ts';
import { endlessLoopAt } from '../language/endless-loop.ts';
import { createSyntaxCheck } from '../language/known-syntax.ts';
import type { RunLimits } from '../limits.ts';
import type { Outcome, ScriptError, ScriptJob } from '../types.ts';
import type { Guest, GuestHost, Step } from '../vm/guest.ts';
import { REPLACED_MESSAGE } from './ended-result.ts';
import { type RunTime, startRunTime, timeLimitSentence } from './run-time.ts';
import type { StopSignal } from './stop-signal.ts';
import { rejectionError, thrownError, within } from './thrown-error.ts';
import type { WorkerResult } from './worker-result.ts';

/**
 * `worn`: the guest was torn off in the middle, or its memory grew, which never shrinks: a fresh worker costs less than doubt. A script
 * that was stopped by QuickJS's own interrupt ended like any that throws, and its memory is put back like any other's.
 */
export interface Run {
  result: WorkerResult;
  worn: boolean;
}

/** One a worker: what it remembers lives as long as its thread. */
const findSyntaxError = createSyntaxCheck();

/** @throws where the lab itself is at fault; the worker is then of no use any more. */
export function runScript(
  job: ScriptJob,
  guest: Guest,
  limits: RunLimits,
  stop: StopSignal,
  link: TargetLink,
): Run {
  const startedAt = performance.now();
  const trace = createTrace(limits.entries);
  const log = createConsoleLog(limits.consoleChars, limits.entries);
  const timers = createTimers();
  const run: RunState = {
    context: createContext(job, trace),
    console: log,
    timers,
    targets: createTargetCalls(link, timers),
    rejection: createRejection(),
    lines: job.script.split(/\r\n|[\n\r\u2028\u2029]/).length,
  };

  function ended(outcome: Outcome, error: ScriptError | null, aborted = false): Run {
    const left = outcome === 'completed' || outcome === 'rejected' ? run.context.result() : null;
    const durationMs = Math.round((performance.now() - startedAt) * 1000) / 1000;
    const truncated = log.truncated || trace.truncated;
    return {
      result: { outcome, left, console: log.entries, truncated, trace: trace.entries, error, durationMs },
      worn: aborted || guest.memoryExhausted || guest.memoryGrown,
    };
  }

  const syntaxError = findSyntaxError(job.script, limits.scriptBytes);
  if (syntaxError) return ended('syntax-error', syntaxError);

  const time = startRunTime(limits);
  let fault: unknown;
  const host: GuestHost = {
    interrupted: () => stop.requested() || time.over() !== null,
    call(callJson) {
      try {
        return answerHostCall(run, callJson);
      } catch (error) {
        fault ??= error;
        throw error;
      }
    },
  };
  let step: Step | 'stopped';
  try {
    step = driveToEnd(job.script, guest, host, run, stop, time);
  } catch (error) {
    if (fault !== undefined) throw fault;
    if (guest.memoryExhausted) return ended('out-of-memory', memoryError(null), true);
    if (error instanceof RangeError) return ended('threw', stackError(), true);
    throw error;
  }
  if (fault !== undefined) throw fault;
  if (step === 'stopped' || (step.threw && host.interrupted())) {
    const limit = time.over();
    return ended(
      'interrupted',
      limit === null ? replacedError() : timeError(timeLimitSentence(limit, limits), step, job.script),
    );
  }
  if (step.threw) {
    const { error } = step;
    if (guest.memoryExhausted && isMemoryError(error)) return ended('out-of-memory', memoryError(error));
    // What our parser let through and QuickJS does not: the reader's mistake all the same.
    if (!error) return ended('threw', unknownError());
    if (step.compiling) return ended('syntax-error', within(run.lines, error));
    return ended('threw', thrownError(job.script, run.lines, error));
  }
  const unhandled = guest.unhandledRejection();
  if (unhandled) return ended('threw', rejectionError(job.script, run.lines, unhandled));
  return run.rejection.error ? ended('rejected', run.rejection.error) : ended('completed', null);
}

/** The script's own turn, then promises and timers as they come due, until nothing waits or something throws. */
function driveToEnd(
  script: string,
  guest: Guest,
  host: GuestHost,
  run: RunState,
  stop: StopSignal,
  time: RunTime,
): Step | 'stopped' {
  let step = guest.run(script, host);
  while (!step.threw) {
    step = guest.settle();
    if (step.threw) break;
    const due = waitForCallback(host, run, stop, time);
    if (due === 'stopped') return 'stopped';
    if (due === null) break;
    run.timers.taken(due);
    step = guest.fire(due);
  }
  return step;
}

/** Sleeps until a timer is due or a reply has come. @returns the id to call back, or `null` when nothing is waited for. */
function waitForCallback(
  host: GuestHost,
  run: RunState,
  stop: StopSignal,
  time: RunTime,
): number | 'stopped' | null {
  for (;;) {
    const news = stop.news();
    if (host.interrupted()) return 'stopped';
    run.targets.collect();
    const timer = run.timers.next();
    if (!timer) return null;
    const now = performance.now();
    if (timer.dueAt <= now) return timer.id;
    stop.wait(Math.min(timer.dueAt - now, time.wallLeftMs()), news);
  }
}

/** With the place where the script was, if it was anywhere. */
function timeError(message: string, step: Step | 'stopped', script: string): ScriptError {
  const told = step !== 'stopped' && step.threw ? step.error : null;
  const { line = null, column = null } = told ?? {};
  const place = line === null || column === null ? null : endlessLoopAt(script, { line, column });
  return { name: 'Error', message, line: place?.line ?? null, column: place?.column ?? null };
}

function replacedError(): ScriptError {
  return { name: 'Error', message: REPLACED_MESSAGE, line: null, column: null };
}

/** QuickJS throws an error of that text, or `null` when there was no memory left for one. */
function isMemoryError(error: ScriptError | null): boolean {
  return error === null || error.message === 'out of memory' || error.message === 'thrown: null';
}

function memoryError(error: ScriptError | null): ScriptError {
  return {
    name: 'RangeError',
    message: 'the script used up its memory and was stopped',
    line: error?.line ?? null,
    column: error?.column ?? null,
  };
}

/** The thread's own stack ended before the guest's did. */
function stackError(): ScriptError {
  return { name: 'RangeError', message: 'Maximum call stack size exceeded', line: null, column: null };
}

function unknownError(): ScriptError {
  return { name: 'Error', message: 'a value that cannot be shown was thrown', line: null, column: null };
}
