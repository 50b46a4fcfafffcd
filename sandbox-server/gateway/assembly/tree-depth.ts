// How deep a tree in the context may be: deeper ones cannot be handed to a script.
import type { JsonValue } from '../../gatewayscript/types.ts';

/** Levels, as many as the product's parse settings allow by default. */
export const MAX_TREE_DEPTH = 512;

/** Whether objects and arrays are nested no deeper. Without recursion, since the value may be from anywhere. */
export function isShallow(value: JsonValue): boolean {
  let level: JsonValue[] = [value];
  for (let depth = 0; depth <= MAX_TREE_DEPTH; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return true;
  }
  return false;
}
