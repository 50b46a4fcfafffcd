// A link to the playground that carries work after its #, which browsers keep from servers, logs and `Referer` (RFC 9110 §10.1.3).
import { LabProblem } from '../lab-server/lab-problem.ts';
import { fits, LINK_MAX, VERSION } from './bounds.ts';
import { pack } from './pack.ts';
import type { SharedWork } from './shared-work.ts';

/** `lab` is the lab's origin. Throws the LabProblem that says what to do where the work is too long for a link. */
export async function makeLink(work: SharedWork, lab: string): Promise<string> {
  const link = `${lab}/playground/#share=${VERSION}.${await pack(JSON.stringify(work))}`;
  if (link.length <= LINK_MAX && fits(work)) return link;
  throw new LabProblem(
    0,
    'link-too-long',
    `This is too much for a link: chats and mails cut links beyond ${LINK_MAX / 1_000} kB.`,
    'Send it as files: Take it home, on the page Wrapping up, makes a zip of the lessons’ files; other texts can be copied from the editors.',
  );
}
