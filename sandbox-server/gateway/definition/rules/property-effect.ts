// Properties that a policy has and the lab does not act on, and those that are out of use: their words stand beside their types.
import { z } from 'zod';
import { POLICIES } from '../../assembly/policies.ts';
import { listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

/** What a property's `meta` may say here, besides its description. */
const words = z.object({
  description: z.string().default(''),
  /** `none`: accepted, and without effect in the lab. */
  effect: z.literal('none').optional(),
  /** Still understood by the product, but not to be written any more; the description says what to write. */
  deprecated: z.boolean().optional(),
});

export const propertyEffect: Rule = (document) =>
  listPolicies(document).flatMap(({ policy, properties, path }) => {
    const shape = POLICIES.get(policy)?.properties.shape ?? {};
    return Object.entries(shape).flatMap(([name, schema]): Finding[] => {
      const value = properties[name];
      if (value === undefined || value === null || value === '' || !(schema instanceof z.ZodType)) return [];
      const { data } = words.safeParse(schema.meta() ?? {});
      if (data?.deprecated && value !== false) {
        const message = `${policy} has ${name} for the sake of older definitions. ${data.description}`;
        return [{ severity: 'warning', rule: 'property-deprecated', message, path: [...path, name] }];
      }
      if (data?.effect !== 'none' || isDefault(schema, value)) return [];
      const message = `${name} has no effect in the lab: it is read, but not acted on.`;
      return [{ severity: 'info', rule: 'not-emulated', message, path: [...path, name] }];
    });
  });

function isDefault(schema: z.ZodType, value: unknown): boolean {
  const given = schema.safeParse(value);
  const usual = schema.safeParse(undefined);
  return given.success && usual.success && JSON.stringify(given.data) === JSON.stringify(usual.data);
}
