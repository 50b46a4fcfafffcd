// Types of properties that several policies share, each with its words for the reference.
import { z } from 'zod';

/** True and false, also as text, since `$(…)` values and older editors write them so. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')], {
  error: 'expected true or false',
});

/** A whole number, also as text, since `$(…)` values are text. Zod's own coercion would take `true`, `[1]` and an empty text for numbers. */
export const wholeNumber = (min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
    z.number().int().min(min).max(max),
  );

/** Names of headers or parameters that are let through or held back; `blacklist` and `whitelist` are the older words. */
export const control = z.looseObject({
  type: z.enum(['blocklist', 'allowlist', 'blacklist', 'whitelist']).default('blocklist').meta({
    description: 'Whether the names that match are held back (`blocklist`) or let through (`allowlist`).',
    standing: 'documented',
  }),
  values: z
    .array(z.string())
    .default([])
    .meta({
      description: 'Regular expressions; one matches anywhere in a name, without case.',
      standing: 'documented',
      examples: [['^X-Client-ID$']],
    }),
});

/** Every policy has these. */
export const commonProperties = {
  version: z
    .union([z.string(), z.number()], { error: 'expected a version, such as 2.0.0' })
    .optional()
    .meta({ description: 'The version of the policy.', standing: 'documented' }),
  title: z
    .string()
    .optional()
    .meta({ description: 'The title that the assembly editor and the log show.', standing: 'documented' }),
  description: z
    .string()
    .nullish()
    .meta({ description: 'A description for people; it has no effect.', standing: 'documented' }),
};

/** Roots of the context that no policy writes to by name (the scripts' own rule; lab's choice for policies). */
const READ_ONLY = new Set(['request', 'api', 'client', 'plan', 'system', 'session']);

/** The name of a variable that a policy writes: dots lead into it. */
export const writableName = z
  .string()
  .regex(/^[A-Za-z_][\w-]*(\.[\w-]+)*$/, 'expected the name of a variable, e.g. checked or checked.claims')
  .refine((name) => !READ_ONLY.has(name.split('.')[0] ?? '') && !name.split('.').includes('__proto__'), {
    error: 'this variable is read-only; expected another name',
  });

/** The name of a message in the context: `message`, or what a policy's `output` has made. */
export const messageName = z
  .string()
  .regex(/^[A-Za-z_][\w-]*$/, 'expected the name of a message, e.g. message')
  .refine((name) => name !== '__proto__', { error: 'expected another name' });

/** An output's name: empty, as editors write it, counts as not given. */
export const outputName = z
  .union([z.literal(''), messageName.pipe(writableName)])
  .nullish()
  .transform((name) => (name === '' ? undefined : (name ?? undefined)));
