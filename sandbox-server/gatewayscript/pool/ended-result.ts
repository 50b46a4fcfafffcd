// The result of a job that no worker could answer: killed, starved, crashed, or never begun.
import type { ScriptJob, ScriptResult } from '../types.ts';
import type { PoolEnd } from './pool.ts';
import { type TimeLimits, timeLimitSentence } from './run-time.ts';

export const REPLACED_MESSAGE = 'a newer run took the place of this one';

export function endedResult(
  job: ScriptJob,
  end: Exclude<PoolEnd, { by: 'answer' }>,
  limits: TimeLimits,
): ScriptResult {
  const outOfMemory = end.by === 'crash' && end.outOfMemory;
  return {
    outcome: outOfMemory ? 'out-of-memory' : 'interrupted',
    message: job.message,
    variables: job.variables,
    // What a killed worker had logged went with it.
    console: [],
    trace: [],
    truncated: end.by !== 'replacement',
    error: {
      name: outOfMemory ? 'RangeError' : 'Error',
      message: sentence(end, limits),
      line: null,
      column: null,
    },
    durationMs: end.by === 'kill' && end.limit ? limits[end.limit] : 0,
  };
}

function sentence(end: Exclude<PoolEnd, { by: 'answer' }>, limits: TimeLimits): string {
  switch (end.by) {
    case 'replacement':
      return REPLACED_MESSAGE;
    case 'kill':
      return end.limit ? timeLimitSentence(end.limit, limits) : 'the lab stopped before the script ended';
    case 'crash':
      return end.outOfMemory
        ? 'the script used up its memory and was stopped'
        : 'the worker that ran the script failed; the next run gets a fresh one';
  }
}
