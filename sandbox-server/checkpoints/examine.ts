// Runs one checkpoint to its verdict: on the reader's files in a trial, or on the reader's own sandbox.
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type {
  Checkpoint,
  FileDiagnostic,
  LiveCheckpoint,
  TrialCheckpoint,
  Try,
  Verdict,
} from './checkpoint.ts';
import type { Door } from './door.ts';
import { type ExaminationParts, NotDeployed, startExamination, Unmet } from './examination.ts';
import { knownGood, knownGoodFiles } from './known-good.ts';
import type { LiveKeys } from './live-keys.ts';
import { createPace, LabTooSlow } from './pace.ts';
import { deployFiles, type Trials } from './trial.ts';

export interface Examiner {
  /**
   * Texts by the names that the checkpoint has. Rejects with what the sandbox refuses, e.g. `CompilerBusy`, `ServersFull`, and with `LabTooSlow`
   * where it fails while the lab is too slow to judge.
   */
  examineFiles(checkpoint: TrialCheckpoint, texts: ReadonlyMap<string, string>): Promise<Verdict>;
  /** Rejects with `LabTooSlow` likewise. */
  examineSandbox(checkpoint: LiveCheckpoint, sandbox: Sandbox): Promise<Verdict>;
}

export interface ExaminerParts {
  trials: Trials;
  door: Door;
  keys: LiveKeys;
  /** Milliseconds that one check may take. */
  maxMs: number;
  /** Milliseconds from which the lab itself is too slow to judge. */
  slowMs: number;
}

/** A check that has taken so many milliseconds may have failed by waiting. */
const WAITED_MS = 500;

export function createExaminer({ trials, door, keys, maxMs, slowMs }: ExaminerParts): Examiner {
  const pace = createPace({
    slowMs,
    knownGood: async (signal) => (await onTrial(knownGood, knownGoodFiles, signal)).passed,
  });

  return {
    examineFiles: (checkpoint, texts) => judged((time) => onTrial(checkpoint, texts, time)),
    examineSandbox: (checkpoint, sandbox) => judged((time) => live(checkpoint, sandbox, time)),
  };

  /** Who fails by waiting while the lab is slow is not told so: that says nothing. */
  async function judged(examine: (time: AbortSignal) => Promise<Verdict>): Promise<Verdict> {
    const watch = pace.watch();
    const began = performance.now();
    try {
      const verdict = await examine(AbortSignal.timeout(maxMs));
      const waited = performance.now() - began >= Math.min(WAITED_MS, maxMs / 2);
      if (!verdict.passed && waited && (await watch.wasSlow())) throw new LabTooSlow();
      return verdict;
    } finally {
      watch.end();
    }
  }

  async function onTrial(
    checkpoint: TrialCheckpoint,
    texts: ReadonlyMap<string, string>,
    time: AbortSignal,
  ): Promise<Verdict> {
    const trial = trials.open();
    try {
      const diagnostics = await Promise.race([deployFiles(trial.sandbox, checkpoint, texts), aborted(time)]);
      const error = diagnostics.find(({ severity }) => severity === 'error');
      if (error) return notDeployed(error, diagnostics);
      const verdict = await check(checkpoint, trial.sandbox, '', time, { onTrial: { trial, texts } });
      return { ...verdict, diagnostics: [...diagnostics, ...verdict.diagnostics] };
    } catch (error) {
      if (!time.aborted) throw error;
      return failed({ ...late(maxMs), title: 'Your files are deployed', expected: 'that they start' });
    } finally {
      await trial.close();
    }
  }

  async function live(checkpoint: LiveCheckpoint, sandbox: Sandbox, time: AbortSignal): Promise<Verdict> {
    const key = keys.of(sandbox, checkpoint.step);
    const unseen = trials.unseen(sandbox);
    const verdict = await check(checkpoint, sandbox, key, time, { reachedAs: unseen.name }).finally(
      unseen.close,
    );
    if (verdict.passed) keys.renew(sandbox, checkpoint.step);
    else if (checkpoint.asksForWord) verdict.key = key;
    return verdict;
  }

  async function check(
    checkpoint: Checkpoint,
    sandbox: Sandbox,
    key: string,
    time: AbortSignal,
    more: Pick<ExaminationParts, 'onTrial' | 'reachedAs'>,
  ): Promise<Verdict> {
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
      else tries.push(time.aborted ? late(maxMs) : unanswered(error));
    } finally {
      examination.close();
    }
    return verdict;
  }
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const reason = () => reject(signal.reason);
    if (signal.aborted) reason();
    else signal.addEventListener('abort', reason, { once: true });
  });
}

const noAnswer = {
  title: 'An answer to every client',
  passed: false,
  sent: null,
  expected: 'an answer to each request',
};

/** The gateway or the reader's server left a client of the lab without an answer. */
function unanswered(error: unknown): Try {
  return { ...noAnswer, received: error instanceof Error ? error.message : String(error) };
}

function late(maxMs: number): Try {
  return { ...noAnswer, received: `the check took more than ${maxMs / 1_000} s` };
}

function failed(what: Try): Verdict {
  return { passed: false, tries: [what], hint: null, diagnostics: [], key: null };
}

function notDeployed(error: FileDiagnostic, diagnostics: FileDiagnostic[]): Verdict {
  const received = `line ${error.line}: ${error.message}`;
  return {
    ...failed({ title: `${error.file} deploys`, passed: false, sent: null, expected: 'no error', received }),
    hint: 'Mend this line first. Nothing else was tried.',
    diagnostics,
  };
}
