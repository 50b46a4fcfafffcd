// Looks again whenever something happens in the reader's sandbox that could have passed the checkpoint.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { atLeast, upTo } from '../lab-server/jitter.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { feedOf } from '../sandbox/event-feed.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';

/** Milliseconds between two looks at least. */
const PAUSE_MS = 700;
/** Milliseconds until a look that failed is made again, at most; twice as many after each further one, up to the longest. */
const AGAIN_MS = 2_000;
const LONGEST_AGAIN_MS = 30_000;
/** After so many in a row, some two minutes, only the next event is looked at. */
const MOST_FAILED = 8;

type Types = ReadonlySet<GatewayEvent['type']>;
const DEPLOYED: Types = new Set(['api-deployed', 'server-started', 'settings-changed']);
/** What the reader's clients do. */
const TALKED: Types = new Set(['response-sent', 'frame']);

export interface WatchedCheckpoint {
  /** Rejects where the server gave no verdict: then it is asked again before long. */
  look(): Promise<void>;
  /** What clients do counts only where the checkpoint waits for one, so that traffic asks the server nothing. */
  waitsForClient(): boolean;
  /** `true` when something was deployed, so that what was found before may hold no longer; `false` when that has been looked at. */
  looking(looking: boolean): void;
}

/**
 * Looks at once and at each such event, also in a sandbox that comes later: one look after the other, and none in a tab that nobody sees.
 * Gives the way to stop.
 */
export function watchSandbox({ look, waitsForClient, looking: tell }: WatchedCheckpoint): () => void {
  let stopFeed = () => {};
  let watched = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;
  /** Something came that was not looked at. */
  let missed = false;
  let failed = 0;
  let stopped = false;

  function soon(ms = PAUSE_MS): void {
    if (stopped) return;
    if (looking || document.visibilityState === 'hidden') missed = true;
    else timer ??= setTimeout(() => void lookNow(), ms);
  }

  async function lookNow(): Promise<void> {
    timer = undefined;
    // It may wait for a while before it looks again.
    if (document.visibilityState === 'hidden') return soon();
    [looking, missed] = [true, false];
    const fault: unknown = await look().then(
      () => null,
      (error: unknown) => error ?? 'no verdict',
    );
    looking = false;
    failed = fault === null ? 0 : failed + 1;
    if (!missed) tell(false);
    if (fault !== null && failed <= MOST_FAILED) soon(untilAgain(fault, failed));
    else if (missed) soon();
  }

  function live(isThere: boolean): void {
    // What failed before says nothing of a server that is there again.
    if (isThere && failed > 0) {
      clearTimeout(timer);
      [timer, failed] = [undefined, 0];
    }
    soon();
  }

  function take(type: GatewayEvent['type']): void {
    if (DEPLOYED.has(type)) tell(true);
    else if (!TALKED.has(type) || !waitsForClient()) return;
    soon();
  }

  const seen = () => missed && soon();
  const follow = () => {
    const sandbox = readSandbox();
    if (!sandbox || sandbox.token === watched) return;
    stopFeed();
    watched = sandbox.token;
    stopFeed = feedOf(sandbox).listen({
      event: ({ type }) => take(type),
      live,
    });
  };
  document.addEventListener('lab-sandbox', follow);
  document.addEventListener('visibilitychange', seen);
  follow();
  return () => {
    stopped = true;
    document.removeEventListener('lab-sandbox', follow);
    document.removeEventListener('visibilitychange', seen);
    clearTimeout(timer);
    stopFeed();
  };
}

/** Milliseconds; never fewer than the server asks for. */
function untilAgain(fault: unknown, failed: number): number {
  const asked = fault instanceof LabProblem ? fault.retryAfterSeconds : null;
  if (asked !== null) return atLeast(asked * 1_000);
  return upTo(Math.min(LONGEST_AGAIN_MS, AGAIN_MS * 2 ** (failed - 1)));
}
