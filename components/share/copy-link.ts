// Makes the link to the reader's work and puts it on the clipboard. Fetched with the first press of Copy link.
import { readNames } from '../names/kept-names.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { makeLink } from './make-link.ts';
import { listed, partsOf, type SharedWork } from './shared-work.ts';
import { withoutOwn } from './without-own.ts';

export interface CopiedLink {
  link: string;
  /** Not where the browser keeps pages from the clipboard, as over plain http from another machine: the link is there to be copied by hand. */
  copied: boolean;
  /** What it holds, in words. */
  holds: string;
}

/** Throws a LabProblem where the work is too long for a link. */
export async function copyLink(work: SharedWork): Promise<CopiedLink> {
  const shared = withoutOwn(work, { token: readSandbox()?.token, names: readNames() });
  const link = await makeLink(shared, location.origin);
  const copied = await write(link);
  return { link, copied, holds: listed(partsOf(shared)) };
}

async function write(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return false;
  }
}
