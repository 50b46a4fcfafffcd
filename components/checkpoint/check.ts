// Asks the server for a verdict: on the texts of the page's editors, or on the reader's own sandbox. Fetched with the first check.
import { ask } from '../lab-server/ask.ts';
import { isForgotten } from '../sandbox/own-sandbox.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { type Verdict, verdictAnswer } from './verdict.ts';

/** Texts by file name. Throws a LabProblem. */
export function checkFiles(
  step: string,
  files: Record<string, string>,
  signal: AbortSignal,
): Promise<Verdict> {
  const body = { type: 'application/json', text: JSON.stringify({ files }) } as const;
  return ask({ method: 'POST', path: `/api/checkpoints/${step}`, body, signal }, verdictAnswer, [200]);
}

/** `null` where the reader has no sandbox, or the server has forgotten it. Throws a LabProblem for all else. */
export async function checkSandbox(step: string, signal: AbortSignal): Promise<Verdict | null> {
  const sandbox = readSandbox();
  if (!sandbox) return null;
  const path = `/api/sandboxes/${encodeURIComponent(sandbox.organization)}/checkpoints/${step}`;
  try {
    return await ask({ method: 'POST', path, token: sandbox.token, signal }, verdictAnswer, [200]);
  } catch (error) {
    if (isForgotten(error)) return null;
    throw error;
  }
}
