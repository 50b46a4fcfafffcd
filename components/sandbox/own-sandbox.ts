// The reader's own sandbox: made at the first deployment, made anew when the server has forgotten it.

import { sandboxAnswer } from '../lab-server/answers.ts';
import { ask } from '../lab-server/ask.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { readSandbox, type SandboxRecord, writeSandbox } from './sandbox-record.ts';

export interface SandboxUse<Result> {
  result: Result;
  sandbox: SandboxRecord;
  /** The one before was gone, so this is a new one: what was deployed in it must be deployed again. */
  renewed: boolean;
}

/**
 * Does something with the sandbox, which is created where there is none. When the server does not know it (404) or its token (401),
 * a new one is made and the deed repeated, once. Other problems go to the caller.
 */
export async function withSandbox<Result>(
  deed: (sandbox: SandboxRecord) => Promise<Result>,
  signal?: AbortSignal,
): Promise<SandboxUse<Result>> {
  const known = readSandbox();
  const sandbox = known ?? (await create(signal));
  try {
    return { result: await deed(sandbox), sandbox, renewed: false };
  } catch (error) {
    if (!known || !isForgotten(error)) throw error;
    const anew = await create(signal);
    return { result: await deed(anew), sandbox: anew, renewed: true };
  }
}

/** The server does not know the sandbox, or its token. */
export function isForgotten(error: unknown): boolean {
  return error instanceof LabProblem && (error.status === 401 || error.status === 404);
}

async function create(signal?: AbortSignal): Promise<SandboxRecord> {
  const answer = await ask({ method: 'POST', path: '/api/sandboxes', signal }, sandboxAnswer, [201]);
  const { organization, token, expiresAt } = answer;
  const record = { organization, token, expiresAt, apis: [] };
  writeSandbox(record);
  return record;
}
