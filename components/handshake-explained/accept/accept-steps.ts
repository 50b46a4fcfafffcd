// How the accept value comes about, step by step, and what the response has in its place.
import { acceptHash, acceptValue, GUID } from '../../../sandbox-server/gateway/handshake/accept.ts';
import { headerValues } from '../../../sandbox-server/gateway/handshake/headers.ts';
import { base64, isKey } from '../../../sandbox-server/gateway/handshake/key.ts';
import { headersOf, keyOf } from '../heads/head-rules.ts';
import type { Head } from '../heads/parse-head.ts';
import { mistakeOf } from './accept-mistake.ts';

export interface AcceptSteps {
  /** `null` without a key: then there is nothing to compute. */
  key: string | null;
  /** What is wrong with the key, in sentences. */
  keyFaults: string[];
  /** Bytes that the key is the base64 of; `null` where it is no base64. */
  keyBytes: Uint8Array | null;
  /** Key and GUID. */
  text: string;
  bytes: Uint8Array;
  hash: Uint8Array;
  accept: string;
  /** What the response says; `null` where it says nothing. */
  answered: string | null;
  /** How the answered value may have come about; `null` where it is right, or nobody can tell. */
  mistake: string | null;
}

export function acceptSteps(request: Head, response: Head): AcceptSteps {
  const key = keyOf(request) ?? null;
  const hashed = key ?? '';
  const answered = headerValues(headersOf(response), 'Sec-WebSocket-Accept')[0] ?? null;
  const accept = acceptValue(hashed);
  const raw = request.fields.find(({ name }) => name.toLowerCase() === 'sec-websocket-key')?.value ?? '';
  return {
    key,
    keyFaults: keyFaults(request, key),
    keyBytes: key === null ? null : decoded(key),
    text: hashed + GUID,
    bytes: new TextEncoder().encode(hashed + GUID),
    hash: acceptHash(hashed),
    accept,
    answered,
    mistake:
      answered === null || (key !== null && answered === accept) ? null : mistakeOf(answered, hashed, raw),
  };
}

function keyFaults(request: Head, key: string | null): string[] {
  if (key === null)
    return [
      'There is no key, so there is nothing to prove. A script that does not look hashes whatever it finds, such as the text undefined.',
    ];
  const faults: string[] = [];
  const keys = headerValues(headersOf(request), 'Sec-WebSocket-Key');
  if (keys.length > 1)
    faults.push(`There are ${keys.length} keys, and a client sends one. The steps go on with the first.`);
  const bytes = decoded(key);
  if (/\s/.test(key)) faults.push('There is white space within the key, and it would be hashed, too.');
  else if (bytes === null)
    faults.push('The key is no base64: groups of four of A–Z, a–z, 0–9, + and /, with = at the end.');
  else if (bytes.length !== 16) faults.push(`The key is the base64 of ${bytes.length} bytes, not of 16.`);
  else if (!isKey(key))
    faults.push(
      `The key’s last digit holds bits that 16 bytes do not have; these bytes are ${base64(bytes)}.`,
    );
  if (faults.length > 0 && keys.length === 1)
    faults.push('The steps work with any text: a server has to look at the key itself, or nobody notices.');
  return faults;
}

function decoded(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Two hex digits a byte, with spaces between. */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
