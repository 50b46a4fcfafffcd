// The reader's own work while somebody else's stands in its place: kept over a reload, until the reader takes it back or drops it.
import { z } from 'zod/mini';
import { readStored, writeStored } from '../stored.ts';
import type { SharedWork } from './shared-work.ts';
import { OWN_WORK_KEY } from './signs.ts';

const text = z.optional(z.string());

/** Of any length: it is the reader's, and must come back. */
const record = z.object({
  mine: z.object({
    script: text,
    request: z.optional(
      z.object({ method: z.string(), path: z.string(), headerLines: z.string(), body: z.string() }),
    ),
    definition: text,
    server: text,
  }),
  edited: z.boolean(),
});

export interface OwnWork {
  /** The parts of the reader's own in whose place others stand. */
  mine: SharedWork;
  /** Whether the reader has changed those others. */
  edited: boolean;
}

/** `null` where nothing is kept, or what is kept is damaged. */
export function readOwnWork(): OwnWork | null {
  try {
    return record.parse(JSON.parse(readStored(OWN_WORK_KEY) ?? ''));
  } catch {
    return null;
  }
}

/** Says whether the browser keeps it; `null` forgets. */
export function writeOwnWork(work: OwnWork | null): boolean {
  return writeStored(OWN_WORK_KEY, work && JSON.stringify(work));
}

/** Whether the browser would keep this, tried under another key. */
export function canKeep(work: OwnWork): boolean {
  const trial = `${OWN_WORK_KEY}.trial`;
  const kept = writeStored(trial, JSON.stringify(work));
  writeStored(trial, null);
  return kept;
}

/** Those parts of `work` that stand in `other` too. */
export function partsAlike(work: SharedWork, other: SharedWork): SharedWork {
  return {
    ...(other.script !== undefined && { script: work.script }),
    ...(other.request !== undefined && { request: work.request }),
    ...(other.definition !== undefined && { definition: work.definition }),
    ...(other.server !== undefined && { server: work.server }),
  };
}
