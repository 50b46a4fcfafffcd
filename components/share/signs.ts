// Whether a page has shared work to show: told without fetching what reads it.
import { readStored } from '../stored.ts';

export const OWN_WORK_KEY = 'lab.shared.mine.v1';

/** Whether what stands after the # (without it) means to be shared work, rather than a heading. */
export function isShared(fragment: string): boolean {
  return fragment.startsWith('share=');
}

/** Whether the reader's own work is kept beside somebody else's. */
export function hasOwnWork(): boolean {
  return readStored(OWN_WORK_KEY) !== null;
}
