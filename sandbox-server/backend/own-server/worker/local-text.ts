// Dates and numbers in a language, for guests without `Intl`.
import { z } from 'zod';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';

const locale = z.string().max(100);
const asked = z.tuple([
  z.enum(['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'number']),
  z.number(),
  z.union([locale, z.array(locale).max(20)]).nullable(),
  z.record(z.string(), z.union([z.string().max(100), z.number(), z.boolean()])).nullable(),
]);

/** `args`: what is written, milliseconds since 1970 or a number, and a method's own locales and options, `null` where none are given. */
export function localText(args: readonly unknown[]): string {
  const read = asked.safeParse(args);
  if (!read.success) throw new GuestError('TypeError', 'Incorrect locale information provided');
  const [what, value, locales, options] = read.data;
  try {
    if (what === 'number') return value.toLocaleString(locales ?? LOCALE, options ?? {});
    return new Date(value)[what](locales ?? LOCALE, { timeZone: 'UTC', ...options });
  } catch (error) {
    if (error instanceof RangeError) throw new GuestError('RangeError', error.message);
    if (error instanceof TypeError) throw new GuestError('TypeError', error.message);
    throw error;
  }
}

/** Whatever the machine of the lab has. */
const LOCALE = 'en-US';
