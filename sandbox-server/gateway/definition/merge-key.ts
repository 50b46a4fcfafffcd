// `<<: *base`: what YAML 1.1 merges into a mapping. So does js-yaml, with which IBM's `apic` toolkit is built (inferred).
import { isMap, isScalar, isSeq, type Node, Scalar, type YAMLMap } from 'yaml';

/** In quotes it is a name like any other. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}

export interface FoundMember {
  key: Scalar;
  value: unknown;
}

/**
 * Where the member of this name stands: the mapping's own goes before what it merges, of which the first one counts. `follow` leads from an
 * alias to what it stands for. Only for a tree that has been converted, whose aliases are bounded.
 */
export function memberOf(
  map: YAMLMap<unknown, unknown>,
  name: string,
  follow: (value: unknown) => Node | undefined,
): FoundMember | undefined {
  const merged: unknown[] = [];
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    if (isMergeKey(key)) merged.push(value);
    else if (String(key.value) === name) return { key, value };
  }
  const bases = merged.flatMap((value) => {
    const node = follow(value);
    return isSeq(node) ? node.items.map(follow) : [node];
  });
  for (const base of bases) {
    const found = isMap(base) ? memberOf(base, name, follow) : undefined;
    if (found) return found;
  }
  return undefined;
}
