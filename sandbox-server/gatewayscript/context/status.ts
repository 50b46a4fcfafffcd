// The status of the message: `302`, `'403'` or `'501 Custom Error'`, and the reason that goes with it.
import { STATUS_CODES } from 'node:http';
import { GuestError, quoted } from '../host/guest-error.ts';

/** The standard reason phrase of a status code, or an empty string. */
export function standardReason(code: number): string {
  return STATUS_CODES[code] ?? '';
}

/**
 * Reads a status as `context.message.statusCode` takes it (IBM documentation): a number, its digits, or code, space, reason.
 * @returns `reason` is `null` where none was given.
 * @throws GuestError (RangeError) for anything that is no status from 100 to 599.
 */
export function parseStatus(value: unknown, call: string): { code: number; reason: string | null } {
  const match = /^(\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?$/.exec(
    typeof value === 'number' || typeof value === 'string' ? String(value) : '',
  );
  const code = Number(match?.[1]);
  if (match && code >= 100 && code <= 599) return { code, reason: match[2] ?? null };
  throw new GuestError(
    'RangeError',
    `${call}: the status ${quoted(value)} is not valid; expected 100 to 599, as a number or as 'code reason'`,
  );
}

/** @throws GuestError (TypeError) for a reason with a line break, or one that is no text. */
export function parseReason(value: unknown, call: string): string {
  if (typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new GuestError(
    'TypeError',
    `${call}: the reason phrase ${quoted(value)} is not valid; expected one line of text`,
  );
}
