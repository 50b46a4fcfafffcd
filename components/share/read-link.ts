// Reads what stands after a link's #. It was written by anybody: nothing of it is kept or run here.
import { LabProblem } from '../lab-server/lab-problem.ts';
import { LINK_MAX, VERSION, WORK_MAX_BYTES } from './bounds.ts';
import { unpack } from './pack.ts';
import { type SharedWork, sharedWork } from './shared-work.ts';

/** `fragment` is without the #. Throws the LabProblem that says why a link cannot be read. */
export async function readLink(fragment: string): Promise<SharedWork> {
  const [, version, packed = ''] = /^share=(\d{1,6})\.([\w-]+)$/.exec(fragment) ?? [];
  if (Number(version) > VERSION) {
    throw new LabProblem(
      0,
      'link-newer',
      'This link was made by a newer lab than this one.',
      'Open it where it was made, or ask for the texts themselves. Nothing here has changed.',
    );
  }
  if (Number(version) !== VERSION || fragment.length > LINK_MAX) throw broken();
  try {
    return sharedWork.parse(JSON.parse(await unpack(packed, WORK_MAX_BYTES)));
  } catch {
    throw broken();
  }
}

function broken(): LabProblem {
  return new LabProblem(
    0,
    'link-broken',
    'This link is broken: a part of it is missing, or was changed on its way.',
    'Ask for it again. Nothing here has changed.',
  );
}
