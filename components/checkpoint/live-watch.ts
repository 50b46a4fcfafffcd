// Looks again whenever something happens in the reader's sandbox that could have passed the checkpoint.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { feedOf } from '../sandbox/event-feed.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';

/** Milliseconds between two looks at least. */
const PAUSE_MS = 700;

const TELLING: ReadonlySet<GatewayEvent['type']> = new Set([
  'api-deployed',
  'server-started',
  'response-sent',
  'frame',
]);

/** Looks at once and at each such event, also in a sandbox that comes later. Gives the way to stop. */
export function watchSandbox(look: () => void): () => void {
  let stopFeed = () => {};
  let watched = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, PAUSE_MS);
  };
  const follow = () => {
    const sandbox = readSandbox();
    if (!sandbox || sandbox.token === watched) return;
    stopFeed();
    watched = sandbox.token;
    stopFeed = feedOf(sandbox).listen({ event: ({ type }) => TELLING.has(type) && soon(), live: soon });
  };
  document.addEventListener('lab-sandbox', follow);
  follow();
  return () => {
    document.removeEventListener('lab-sandbox', follow);
    clearTimeout(timer);
    stopFeed();
  };
}
