// Where a conversation stands, in one sentence: for the caption of its list, and for screen readers.
import type { Conversation } from './conversation.ts';

/** What the sentence is made of. */
export type Standing = Pick<Conversation, 'state' | 'rows' | 'dropped' | 'protocol' | 'end'>;

export function conversationSentence({ state, rows, dropped, protocol, end }: Standing): string {
  if (state === 'connecting') return 'Connecting …';
  const frames = rows.length + dropped - 1;
  const count = `${frames} ${frames === 1 ? 'frame' : 'frames'}`;
  const older = dropped > 0 ? ` The oldest ${dropped} rows are no longer listed.` : '';
  if (state !== 'closed' || !end)
    return `Connected${protocol ? `, subprotocol ${protocol}` : ''}: ${count}.${older}`;
  if (!end.opened) return 'Not connected: the handshake failed.';
  if (end.code === 1006) return `Lost without a close frame (1006), after ${count}.${older}`;
  const reason = end.reason ? ` (${end.reason})` : '';
  return `Closed${end.code === 1005 ? '' : ` with ${end.code}`}${reason}, after ${count}.${older}`;
}
