// Runs one checkpoint to its verdict: on the reader's files in a trial, or on the reader's own sandbox.
import { createLabTime, type LabTime } from '../backend/own-server/lab-time.ts';
import { ServersStopped } from '../backend/own-server/pool.ts';
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
   * where it fails while the lab is too slow to judge, `ServersStopped` where it stops.
   */
  examineFiles(checkpoint: TrialCheckpoint, texts: ReadonlyMap<string, string>): Promise<Verdict>;
  /** Rejects with `LabTooSlow` likewise. */
  examineSandbox(checkpoint: LiveCheckpoint, sandbox: Sandbox): Promise<Verdict>;
}

export interface ExaminerParts {
  trials: Trials;
  door: Door;
  keys: LiveKeys;
  /** Milliseconds that one check may take, of the lab's time. */
  maxMs: number;
  /** Milliseconds from which the lab itself is too slow to judge. */
  slowMs: number;
}

/** A check that has taken so many milliseconds may have failed by waiting. */
const WAITED_MS = 500;

/** Times its milliseconds that a check may take by the clock, in a lab whose time goes slower. */
const MOST_BY_CLOCK = 2;

/** How long a check goes on: its time, and what is aborted when that is over. */
interface CheckTime {
  time: LabTime;
  signal: AbortSignal;
}

export function createExaminer({ trials, door, keys, maxMs, slowMs }: ExaminerParts): Examiner {
  const pace = createPace({
    slowMs,
    knownGood: async (signal) =>
      (await timed((own) => onTrial(knownGood, knownGoodFiles, own), signal)).passed,
  });

  return {
    examineFiles: (checkpoint, texts) => judged((own) => onTrial(checkpoint, texts, own)),
    examineSandbox: (checkpoint, sandbox) => judged((own) => live(checkpoint, sandbox, own)),
  };

  async function timed(
    examine: (own: CheckTime) => Promise<Verdict>,
    given: AbortSignal = AbortSignal.timeout(MOST_BY_CLOCK * maxMs),
  ): Promise<Verdict> {
    const time = createLabTime();
    const over = new AbortController();
    void time.pass(maxMs, given).then(() => over.abort(new Error('the time of the check is over')));
    try {
      const verdict = await examine({ time, signal: over.signal });
      // A lab that has lost a thread says nothing about the files.
      if (!verdict.passed && time.spoilt) throw new LabTooSlow();
      return verdict;
    } finally {
      time.close();
    }
  }

  /** Who fails by waiting while the lab is slow is not told so: that says nothing. */
  async function judged(examine: (own: CheckTime) => Promise<Verdict>): Promise<Verdict> {
    const watch = pace.watch();
    const began = performance.now();
    try {
      const verdict = await timed(examine);
      if (verdict.passed) return verdict;
      if (door.closing) throw new ServersStopped();
      const waited = performance.now() - began >= Math.min(WAITED_MS, maxMs / 2);
      if (waited && (await watch.wasSlow())) throw new LabTooSlow();
      return verdict;
    } finally {
      watch.end();
    }
  }

  async function onTrial(
    checkpoint: TrialCheckpoint,
    texts: ReadonlyMap<string, string>,
    own: CheckTime,
  ): Promise<Verdict> {
    const trial = trials.open(own.time);
    const { sandbox } = trial;
    try {
      const diagnostics = await deployed(sandbox, checkpoint, texts, own.signal);
      const error = diagnostics.find(({ severity }) => severity === 'error');
      if (error) return notDeployed(error, diagnostics);
      const verdict = await check(checkpoint, { ...own, sandbox, key: '', onTrial: { trial, texts } });
      return { ...verdict, diagnostics: [...diagnostics, ...verdict.diagnostics] };
    } finally {
      await trial.close();
    }
  }

  /** Each file has a deadline of its own, of processor time: what takes as long as a check is the lab. */
  async function deployed(
    sandbox: Sandbox,
    checkpoint: TrialCheckpoint,
    texts: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ): Promise<FileDiagnostic[]> {
    try {
      return await Promise.race([deployFiles(sandbox, checkpoint, texts), aborted(signal)]);
    } catch (error) {
      throw signal.aborted ? new LabTooSlow() : error;
    }
  }

  async function live(checkpoint: LiveCheckpoint, sandbox: Sandbox, own: CheckTime): Promise<Verdict> {
    const key = keys.of(sandbox, checkpoint.step);
    const unseen = trials.unseen(sandbox);
    const verdict = await check(checkpoint, { ...own, sandbox, key, reachedAs: unseen.name }).finally(
      unseen.close,
    );
    if (verdict.passed) keys.renew(sandbox, checkpoint.step);
    else if (checkpoint.asksForWord) verdict.key = key;
    return verdict;
  }

  async function check(
    checkpoint: Checkpoint,
    parts: Omit<ExaminationParts, 'basePath' | 'door'>,
  ): Promise<Verdict> {
    const { signal, time } = parts;
    const behindBefore = time.behind();
    const basePath = checkpoint.kind === 'live' ? checkpoint.basePath : undefined;
    const examination = startExamination({ basePath, door, ...parts });
    const { tries } = examination;
    const verdict: Verdict = { passed: false, tries, hint: null, diagnostics: [], key: null };
    try {
      // Whatever it waits for: its turn is over with its time.
      await Promise.race([checkpoint.check(examination), aborted(signal)]);
      verdict.passed = tries.length > 0;
    } catch (error) {
      if (error instanceof NotDeployed) return notDeployed(error.diagnostic, [error.diagnostic]);
      if (error instanceof Unmet) verdict.hint = error.hint;
      else if (signal.aborted && time.now() < maxMs) throw new LabTooSlow();
      else tries.push(signal.aborted ? late(maxMs) : unanswered(error));
    } finally {
      examination.close();
    }
    // So far behind the clock nothing is said but what passes.
    const behind = time.behind() - behindBefore;
    if (!verdict.passed && behind >= Math.max(slowMs, WAITED_MS)) throw new LabTooSlow();
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

function notDeployed(error: FileDiagnostic, diagnostics: FileDiagnostic[]): Verdict {
  const received = `line ${error.line}: ${error.message}`;
  const title = `${error.file} deploys`;
  return {
    passed: false,
    tries: [{ title, passed: false, sent: null, expected: 'no error', received }],
    hint: 'Mend this line first. Nothing else was tried.',
    diagnostics,
    key: null,
  };
}
