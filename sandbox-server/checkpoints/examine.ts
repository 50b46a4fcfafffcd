// Runs one checkpoint to its verdict: on the reader's files in a trial, or on the reader's own sandbox.
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Checkpoint, FileDiagnostic, LiveCheckpoint, TrialCheckpoint, Verdict } from './checkpoint.ts';
import type { Door } from './door.ts';
import { type ExaminationParts, NotDeployed, startExamination, Unmet } from './examination.ts';
import type { LiveKeys } from './live-keys.ts';
import { deployFiles, type Trials } from './trial.ts';

export interface Examiner {
  /** Texts by the names that the checkpoint has. Rejects with what the sandbox refuses, e.g. `CompilerBusy`, `ServersFull`. */
  examineFiles(checkpoint: TrialCheckpoint, texts: ReadonlyMap<string, string>): Promise<Verdict>;
  examineSandbox(checkpoint: LiveCheckpoint, sandbox: Sandbox): Promise<Verdict>;
}

export interface ExaminerParts {
  trials: Trials;
  door: Door;
  keys: LiveKeys;
  /** Milliseconds that one check may take. */
  maxMs: number;
}

export function createExaminer({ trials, door, keys, maxMs }: ExaminerParts): Examiner {
  return {
    async examineFiles(checkpoint, texts) {
      const trial = trials.open();
      try {
        const diagnostics = await deployFiles(trial.sandbox, checkpoint, texts);
        const error = diagnostics.find(({ severity }) => severity === 'error');
        if (error) return notDeployed(error, diagnostics);
        const verdict = await check(checkpoint, trial.sandbox, '', { onTrial: { trial, texts } });
        return { ...verdict, diagnostics: [...diagnostics, ...verdict.diagnostics] };
      } finally {
        await trial.close();
      }
    },
    async examineSandbox(checkpoint, sandbox) {
      const key = keys.of(sandbox, checkpoint.step);
      const unseen = trials.unseen(sandbox);
      const verdict = await check(checkpoint, sandbox, key, { reachedAs: unseen.name }).finally(unseen.close);
      if (verdict.passed) keys.renew(sandbox, checkpoint.step);
      else if (checkpoint.asksForWord) verdict.key = key;
      return verdict;
    },
  };

  async function check(
    checkpoint: Checkpoint,
    sandbox: Sandbox,
    key: string,
    more: Pick<ExaminationParts, 'onTrial' | 'reachedAs'>,
  ): Promise<Verdict> {
    const time = AbortSignal.timeout(maxMs);
    const basePath = checkpoint.kind === 'live' ? checkpoint.basePath : undefined;
    const examination = startExamination({
      sandbox,
      basePath,
      door,
      signal: time,
      key,
      ...more,
    });
    const { tries } = examination;
    const verdict: Verdict = { passed: false, tries, hint: null, diagnostics: [], key: null };
    try {
      // Whatever it waits for: its turn is over with its time.
      await Promise.race([checkpoint.check(examination), aborted(time)]);
      verdict.passed = tries.length > 0;
    } catch (error) {
      if (error instanceof NotDeployed) return notDeployed(error.diagnostic, [error.diagnostic]);
      if (error instanceof Unmet) verdict.hint = error.hint;
      else tries.push(unfinished(error, time.aborted, maxMs));
    } finally {
      examination.close();
    }
    return verdict;
  }
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** The gateway or the reader's server left a client of the lab without an answer. */
function unfinished(error: unknown, late: boolean, maxMs: number) {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    title: 'An answer to every client',
    passed: false,
    sent: null,
    expected: 'an answer to each request',
    received: late ? `the check took more than ${maxMs / 1_000} s` : reason,
  };
}

function notDeployed(error: FileDiagnostic, diagnostics: FileDiagnostic[]): Verdict {
  const received = `line ${error.line}: ${error.message}`;
  return {
    passed: false,
    tries: [{ title: `${error.file} deploys`, passed: false, sent: null, expected: 'no error', received }],
    hint: 'Mend this line first. Nothing else was tried.',
    diagnostics,
    key: null,
  };
}
