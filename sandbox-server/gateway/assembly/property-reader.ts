// Reads a policy's properties at traffic: `$(name)` resolved, then held against the policy's schema.
import type { z } from 'zod';
import type { JsonValue } from '../../gatewayscript/types.ts';
import type { PolicyNode } from '../types.ts';
import { issueSentence } from './issue-sentence.ts';
import type { Transaction } from './policy.ts';
import { PropertyError } from './property-error.ts';
import { resolveText } from './variables.ts';

/**
 * The way to read the properties of one kind of policy. Those without a reference are read once a deployment; with one, at each request.
 * `literal` are the properties whose text is code, or that the policy resolves itself. The reader throws `PropertyError`.
 */
export function propertyReader<Schema extends z.ZodObject>(schema: Schema, literal: readonly string[] = []) {
  const fixed = new WeakMap<PolicyNode, z.output<Schema>>();

  return (node: PolicyNode, transaction: Transaction): z.output<Schema> => {
    const known = fixed.get(node);
    if (known) return known;
    const given = Object.entries(node.properties);
    const open = given.some(([name, value]) => !literal.includes(name) && refers(value));
    const values = open
      ? given.map(([name, value]) => [name, literal.includes(name) ? value : resolved(value, transaction)])
      : given;
    const parsed = schema.safeParse(Object.fromEntries(values));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new PropertyError(
        `${node.policy}: ${issue?.path.join('.')}: ${issue ? issueSentence(issue) : ''}`,
      );
    }
    if (!open) fixed.set(node, parsed.data);
    return parsed.data;
  };
}

/** Whether a reference stands anywhere in a value. */
export function refers(value: JsonValue): boolean {
  if (typeof value === 'string') return /\$\([^()]*\)/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(refers);
}

/** The value with every reference in its texts resolved. */
export function resolved(value: JsonValue, transaction: Transaction): JsonValue {
  if (typeof value === 'string') return resolveText(value, transaction).text;
  if (Array.isArray(value)) return value.map((member) => resolved(member, transaction));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, resolved(member, transaction)]),
  );
}
