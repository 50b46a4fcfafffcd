// Looks again whenever something happens in the reader's sandbox that could have passed the checkpoint.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { feedOf } from '../sandbox/event-feed.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';

/** Milliseconds between two looks at least. */
const PAUSE_MS = 700;

type Types = ReadonlySet<GatewayEvent['type']>;
const DEPLOYED: Types = new Set(['api-deployed', 'server-started', 'settings-changed']);
/** What the reader's clients do. */
const TALKED: Types = new Set(['response-sent', 'frame']);

/**
 * Looks at once and at each such event, also in a sandbox that comes later: one look after the other, and none in a tab that nobody sees. What
 * clients do counts only where the checkpoint waits for one, so that traffic asks the server nothing. Gives the way to stop.
 */
export function watchSandbox(look: () => Promise<void>, waitsForClient: () => boolean): () => void {
  let stopFeed = () => {};
  let watched = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;
  /** Something came that was not looked at. */
  let missed = false;
  let stopped = false;

  function soon(): void {
    if (stopped) return;
    if (looking || document.visibilityState === 'hidden') missed = true;
    else timer ??= setTimeout(() => void lookNow(), PAUSE_MS);
  }

  async function lookNow(): Promise<void> {
    [timer, looking, missed] = [undefined, true, false];
    await look().catch(() => {});
    looking = false;
    if (missed) soon();
  }

  const seen = () => missed && soon();
  const follow = () => {
    const sandbox = readSandbox();
    if (!sandbox || sandbox.token === watched) return;
    stopFeed();
    watched = sandbox.token;
    stopFeed = feedOf(sandbox).listen({
      event: ({ type }) => (DEPLOYED.has(type) || (TALKED.has(type) && waitsForClient())) && soon(),
      live: soon,
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
