// Sends a script and its request to the server's engine.
import { type Run, runAnswer } from '../lab-server/answers.ts';
import { ask } from '../lab-server/ask.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { parseHeaderLines, type RequestParts } from './parse-request.ts';

/** What answers a script's own request to this URL. */
export interface GivenAnswer {
  target: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a run brings beside its request. */
export interface Given {
  urlopen?: readonly GivenAnswer[];
  /** Context variables, as a tree. */
  variables?: object;
}

/** The run's answer, with the properties of the definition. Throws a LabProblem, also for a request whose header lines are none. */
export async function runScript(
  script: string,
  parts: RequestParts,
  properties: Record<string, unknown>,
  signal: AbortSignal,
  given: Given = {},
): Promise<Run> {
  const { headers, mistakes } = parseHeaderLines(parts.headerLines);
  if (mistakes[0])
    throw new LabProblem(0, 'header-line', mistakes[0].message, 'Write each header as Name: value.');
  const { method, path, body } = parts;
  const text = JSON.stringify({ script, request: { method, path, headers, body }, properties, ...given });
  const question = {
    method: 'POST',
    path: '/api/runs',
    body: { type: 'application/json', text },
    signal,
  } as const;
  const token = readSandbox()?.token;
  try {
    return await ask({ ...question, token }, runAnswer, [200]);
  } catch (error) {
    // A run needs no sandbox: one that is forgotten is no reason to refuse it.
    if (token && error instanceof LabProblem && error.status === 401) return ask(question, runAnswer, [200]);
    throw error;
  }
}
