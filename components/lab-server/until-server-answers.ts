// Waits for a server that is away: asks now and then whether it is there again, and more rarely the longer it is gone.
import { upTo } from './jitter.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** Milliseconds for an answer: what takes longer is as good as away. */
const ANSWER_MS = 5_000;
/** After about ten minutes of a page in sight it asks no more: the reader presses again, or reloads. */
const MOST_LOOKS = 60;

/** Whether it answers by now; `false` where nobody waits any more. Never rejects. */
export async function untilServerAnswers(signal: AbortSignal): Promise<boolean> {
  let pause = FIRST_PAUSE_MS;
  for (let look = 0; look < MOST_LOOKS; ) {
    await passed(upTo(pause), signal);
    if (signal.aborted) return false;
    // A page in the background has nobody to show it to.
    if (globalThis.document?.visibilityState === 'hidden') continue;
    if (await answers(signal)) return !signal.aborted;
    look += 1;
    pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
  }
  return false;
}

/** A static server answers with a page of its own, which is no JSON. */
async function answers(signal: AbortSignal): Promise<boolean> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  try {
    const response = await fetch('/healthz', {
      signal: AbortSignal.any([signal, late.signal]),
      cache: 'no-store',
    });
    return response.ok && /\bjson\b/.test(response.headers.get('content-type') ?? '');
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
