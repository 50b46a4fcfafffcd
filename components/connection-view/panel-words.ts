// What the panel says about where its connections come from.
import type { Standing } from '../sandbox/standing.ts';

export interface Source {
  /** ISO 8601, of the file that is shown; `null` for the sandbox's own live log. */
  savedAt: string | null;
  organization: string | null;
  live: boolean;
  /** What the server says of the sandbox while the log is not live; `null` as long as nobody has asked. */
  standing: Standing | null;
  paused: boolean;
}

export function sourceSentence({ savedAt, organization, live, standing, paused }: Source): string {
  if (savedAt !== null) return `From a file, saved ${new Date(savedAt).toLocaleString()}.`;
  if (organization === null) return 'Nothing of yours is deployed yet.';
  if (!live) return awaySentence(standing);
  return paused
    ? `${organization}: paused. What comes is kept, and shows when you go on.`
    : `${organization}: live.`;
}

function awaySentence(standing: Standing | null): string {
  if (standing === 'away')
    return 'The lab’s server does not answer. What is listed stays, and it goes on by itself when the server is back.';
  if (standing === 'forgotten') return 'Your organization was forgotten: deploy again, then connect.';
  return 'Not live at the moment. It goes on by itself; where many pages of the lab are open, when some of them are closed.';
}

/** What to do where there is nothing to show. */
export function emptySentence({ savedAt, organization }: Source): string {
  if (savedAt !== null) return 'This file holds no connections.';
  return organization === null
    ? 'Press Deploy in an editor, here or in a step before; then connect, from this page or with websocat or wscat from your terminal. Or open a file that was saved here.'
    : 'No connections yet. Press Connect above, or connect with websocat or wscat from your terminal: both show here.';
}
