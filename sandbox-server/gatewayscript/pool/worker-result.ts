// What a worker answers: the result without what the host has already, since all of it is copied from thread to thread.
import type { ScriptJob, ScriptResult } from '../types.ts';

export interface WorkerResult extends Omit<ScriptResult, 'message' | 'variables'> {
  /** Message and variables as the script left them; `null` where the job's own still stand. */
  left: Pick<ScriptResult, 'message' | 'variables'> | null;
}

export function wholeResult({ left, ...rest }: WorkerResult, job: ScriptJob): ScriptResult {
  const { message, variables } = left ?? job;
  return { ...rest, message, variables };
}
