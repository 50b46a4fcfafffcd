// The credentials of a request, as `extract-identity-method` finds them.
import { headerValue } from '../../handshake/headers.ts';
import type { Transaction } from '../policy.ts';
import { readVariable } from '../variable.ts';
import type { UserSecurityProperties } from './properties.ts';

export interface Credentials {
  username: string;
  password: string;
}

/** `why` is a sentence for the learner's log. */
export type Extracted = { credentials: Credentials } | { why: string };

export function extractCredentials(properties: UserSecurityProperties, transaction: Transaction): Extracted {
  const method = properties['extract-identity-method'];
  if (method === 'basic') return basic(headerValue(transaction.request.headers, 'Authorization'));
  if (method !== 'context-var') return { why: `the lab does not run ${method}` };
  const [user, pass] = [properties['user-context-var'] ?? '', properties['pass-context-var'] ?? ''];
  const [username, password] = [readVariable(user, transaction), readVariable(pass, transaction)];
  if (username === undefined || username === '') return { why: `the variable ${user} has no user name` };
  if (password === undefined) return { why: `the variable ${pass} has no value` };
  return { credentials: { username, password } };
}

/** RFC 7617 §2: what stands before the first colon is the user name. */
function basic(header: string | undefined): Extracted {
  if (header === undefined) return { why: 'the request has no Authorization header' };
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header.trim())?.[1];
  if (encoded === undefined)
    return { why: 'the Authorization header is not Basic with credentials in Base64' };
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return { why: 'the credentials have no user name before a colon' };
  return { credentials: { username: text.slice(0, colon), password: text.slice(colon + 1) } };
}
