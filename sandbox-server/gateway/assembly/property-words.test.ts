import { expect, it } from 'vitest';
import { z } from 'zod';
import { POLICIES } from './policies.ts';

const words = z.looseObject({
  description: z.string().regex(/^[A-Z].*\.$/),
  standing: z.enum(['documented', 'seen', 'inferred', 'lab']),
});

it.each(['invoke', 'jwt-generate', 'jwt-validate', 'parse', 'ratelimit', 'user-security', 'validate'])(
  '%s and each of its properties say in a sentence what they are, and how that is known',
  (name) => {
    const properties = POLICIES.get(name)?.properties;
    expect(words.safeParse(properties?.meta()).error).toBeUndefined();
    for (const [property, schema] of Object.entries(properties?.shape ?? {}))
      expect([property, words.safeParse(schema.meta()).error]).toEqual([property, undefined]);
    // Editors and reference pages read this.
    expect(z.toJSONSchema(properties ?? z.never(), { io: 'input' })).toHaveProperty('properties.version');
  },
);
