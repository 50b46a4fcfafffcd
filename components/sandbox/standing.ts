// Whether the server still knows the reader's sandbox: asked when its live log, whose socket tells a page nothing, does not open.
import { object } from 'zod/mini';
import { ask } from '../lab-server/ask.ts';
import { isForgotten } from './own-sandbox.ts';
import type { SandboxRecord } from './sandbox-record.ts';

export type Standing = 'known' | 'forgotten' | 'away';

/** `away` is all that is neither: nobody answers, or not as the lab does. Never throws. */
export async function standingOf({ organization, token }: SandboxRecord): Promise<Standing> {
  const path = `/api/sandboxes/${encodeURIComponent(organization)}`;
  try {
    await ask({ method: 'GET', path, token }, object({}), [200]);
    return 'known';
  } catch (error) {
    return isForgotten(error) ? 'forgotten' : 'away';
  }
}
