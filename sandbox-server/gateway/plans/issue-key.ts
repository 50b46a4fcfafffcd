// Keys of applications that the lab makes up, since the product file gives none.
import { createHmac } from 'node:crypto';

/** Makes an application's key up: always the same for the same sandbox, application and kind. */
export type IssueKey = (kind: 'client-id' | 'client-secret', application: string) => string;

/**
 * 32 hex digits, as the product's are. They are derived, not drawn, so that deploying again or a restart leaves them as they were, without a
 * place where secrets are kept; another sandbox has another seed, and so others.
 */
export function keysFrom(seed: Uint8Array): IssueKey {
  return (kind, application) =>
    createHmac('sha256', seed).update(`${kind}\n${application}`, 'utf8').digest('hex').slice(0, 32);
}
