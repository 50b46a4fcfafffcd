// Reads the lists of policies inside a policy, whatever else stands where they should be.
import type { JsonValue } from '../../gatewayscript/types.ts';

/** The list under a name, or an empty one where there is something else. */
export function listAt(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const list = value[name];
  return Array.isArray(list) ? list : [];
}
