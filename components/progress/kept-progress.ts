// The reader's progress on this page, as all its parts share it. It stays in this browser; nothing of it is ever sent.
import { readStored, writeStored } from '../stored.ts';
import { PROGRESS_KEY, ProgressStore } from './progress-store.ts';

export const keptProgress = new ProgressStore({ read: readStored, write: writeStored });

// Two tabs stay in step. A key of `null` means that everything was cleared.
globalThis.addEventListener?.('storage', ({ key }) => {
  if (key === PROGRESS_KEY || key === null) keptProgress.reread();
});

/** When the step was first passed (ISO 8601, UTC); `null` when it was not. */
export function passedAt(step: string): string | null {
  return keptProgress.progress.passed.get(step) ?? null;
}

/** Calls after every change, also one in another tab. Gives the function that ends this. */
export function onProgress(listener: () => void): () => void {
  return keptProgress.listen(listener);
}
