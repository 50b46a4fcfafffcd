// What there is, in a sentence: for the panel's caption and for screen readers, who get this and no flood of frames.
import { isOver, type WatchedConnection } from './connection-store.ts';
import { outcomeOf } from './outcome.ts';

export const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** How a connection stands, e.g. `101, open`. */
export function stateOf(connection: WatchedConnection): string {
  const answer = connection.story.find((event) => event.type === 'response-sent');
  const status = answer?.type === 'response-sent' ? String(answer.status) : null;
  if (connection.closed) {
    const { closeCode, by } = connection.closed;
    return `${status ?? 'begun before'}, closed by ${by}${closeCode === null ? '' : ` with ${closeCode}`}`;
  }
  if (status === null) return connection.frames.length > 0 ? 'open' : 'not answered yet';
  return isOver(connection) ? `answered ${status}` : `${status}, open`;
}

/** Where its client is: a browser comes by the page's port. */
export function originOf({ story }: WatchedConnection): string {
  const asked = story.find((event) => event.type === 'request-received');
  if (asked?.type !== 'request-received') return 'unknown client';
  return asked.listener === 'site' ? 'browser' : 'terminal';
}

export function pathOf({ story }: WatchedConnection): string {
  const asked = story.find((event) => event.type === 'request-received');
  return asked?.type === 'request-received'
    ? `${asked.method} ${asked.path}`
    : 'its request is no longer kept';
}

/** Those that are listed, and those that no longer are. */
export function framesOf({ frames, droppedFrames }: WatchedConnection): string {
  return plural(frames.length + droppedFrames, 'frame');
}

export function summaryOf(
  connections: readonly WatchedConnection[],
  chosen: WatchedConnection | null,
): string {
  if (!chosen) return 'No connections yet.';
  const { sentence, reasons } = outcomeOf(chosen);
  return [
    `${plural(connections.length, 'connection')}. Shown: number ${chosen.number}, ${originOf(chosen)}, ${stateOf(chosen)}, ${framesOf(chosen)}.`,
    sentence,
    reasons[0] ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
