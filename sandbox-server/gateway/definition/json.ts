// From a YAML tree to plain JSON, with everything bounded that a few lines of YAML can make endless.
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { isJsonObject } from '../../gatewayscript/json-object.ts';
import type { JsonObject, JsonValue } from '../../gatewayscript/types.ts';
import { isMergeKey } from './merge-key.ts';

/** A place in the text, as a character offset, and what is wrong there. */
export interface TreeFault {
  rule:
    | 'yaml-duplicate-key'
    | 'yaml-merge'
    | 'yaml-cycle'
    | 'yaml-alias'
    | 'yaml-too-deep'
    | 'yaml-too-large';
  message: string;
  offset: number;
}

export interface Tree {
  value: JsonValue;
  /** What each alias stands for. */
  targets: ReadonlyMap<Node, Node>;
  faults: TreeFault[];
}

/** Values that a definition may unfold to, aliases included; the largest published one has some 20,000. */
const MAX_VALUES = 200_000;
/** Those of them that aliases stand for: a few kilobytes of aliases unfold to any number. */
const MAX_ALIASED = 2_000;
const MAX_DEPTH = 100;
const MAX_FAULTS = 50;

/**
 * Converts in one pass, in linear time. The `yaml` package's own check for unique keys compares each key with each other, and its `toJS` looks for an alias's
 * anchor through the whole document: both take minutes for a megabyte that is made for it.
 */
export function treeToJson(root: Node | null): Tree {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  const unfolding = new Set<Node>();
  const faults: TreeFault[] = [];
  let values = 0;
  let aliased = 0;
  let inAlias = 0;
  /** Values that could not be taken: one fault may be met several times, since what an alias stands for is converted again with each alias. */
  let refused = 0;

  function fault(rule: TreeFault['rule'], message: string, node: Node): null {
    const offset = node.range?.[0] ?? 0;
    refused += 1;
    const known = faults.some((told) => told.rule === rule && told.offset === offset);
    if (!known && faults.length < MAX_FAULTS) faults.push({ rule, message, offset });
    return null;
  }

  function convert(node: Node, depth: number): JsonValue {
    values += 1;
    if (values === MAX_VALUES + 1)
      return fault('yaml-too-large', `The definition has more than ${MAX_VALUES} values.`, node);
    if (values > MAX_VALUES || aliased > MAX_ALIASED) return null;
    if (inAlias > 0) aliased += 1;
    if (aliased > MAX_ALIASED) return null;
    if (depth > MAX_DEPTH)
      return fault('yaml-too-deep', `The definition is nested deeper than ${MAX_DEPTH} levels.`, node);
    if (isAlias(node)) return convertAlias(node, depth);
    // An alias means the nearest anchor before it, also where the name is given anew later.
    if (node.anchor !== undefined && !targets.has(node)) anchors.set(node.anchor, node);
    if (isScalar(node)) return scalarValue(node.value, node.source);
    unfolding.add(node);
    const value = isMap(node)
      ? convertMap(node.items, depth)
      : isSeq(node)
        ? node.items.map((item) => convertItem(item, depth))
        : null;
    unfolding.delete(node);
    return value;
  }

  function convertAlias(alias: Alias, depth: number): JsonValue {
    const target = targets.get(alias) ?? anchors.get(alias.source);
    if (!target) return fault('yaml-alias', `There is no anchor &${alias.source} before this alias.`, alias);
    targets.set(alias, target);
    if (unfolding.has(target))
      return fault('yaml-cycle', `The alias *${alias.source} contains itself.`, alias);
    const before = aliased;
    inAlias += 1;
    const value = convert(target, depth + 1);
    inAlias -= 1;
    if (inAlias === 0 && before <= MAX_ALIASED && aliased > MAX_ALIASED)
      return fault(
        'yaml-alias',
        `Aliases stand for more than ${MAX_ALIASED} values in this definition.`,
        alias,
      );
    return value;
  }

  function convertMap(pairs: readonly Pair<unknown, unknown>[], depth: number): JsonValue {
    const entries = new Map<string, JsonValue>();
    const merged: JsonObject[][] = [];
    for (const { key, value } of pairs) {
      if (!isScalar(key)) continue;
      if (isMergeKey(key)) {
        merged.push(convertMerged(key, value, depth));
        continue;
      }
      const name = String(key.value);
      if (entries.has(name))
        fault('yaml-duplicate-key', `The key ${JSON.stringify(name)} stands here a second time.`, key);
      const written = VERSIONS.has(name) ? versionText(value) : undefined;
      entries.set(name, written ?? convertItem(value, depth));
    }
    // What the mapping says itself goes before what it merges, wherever the two stand; of two that are merged, the first one.
    for (const base of merged.flat())
      for (const [name, value] of Object.entries(base)) if (!entries.has(name)) entries.set(name, value);
    return Object.fromEntries(entries);
  }

  function convertMerged(key: Node, value: unknown, depth: number): JsonObject[] {
    const before = refused;
    const converted = convertItem(value, depth);
    const bases = Array.isArray(converted) ? converted : [converted];
    const mappings = bases.filter((base) => isJsonObject(base));
    // One that is no mapping for a fault in it is told already.
    if (
      mappings.length < bases.length &&
      refused === before &&
      aliased <= MAX_ALIASED &&
      values <= MAX_VALUES
    )
      fault('yaml-merge', '<< takes a mapping, an alias of one, or a list of them.', key);
    return mappings;
  }

  function convertItem(item: unknown, depth: number): JsonValue {
    return isAlias(item) || isScalar(item) || isMap(item) || isSeq(item) ? convert(item, depth + 1) : null;
  }

  return { value: root ? convert(root, 0) : null, targets, faults };
}

/** Names whose value is a version: without quotes YAML takes `1.0` for the number 1. */
const VERSIONS = new Set(['version', 'swagger', 'openapi', 'product']);

/** A number as it was written. */
function versionText(value: unknown): string | undefined {
  return isScalar(value) && typeof value.value === 'number' ? value.source : undefined;
}

/** JSON has no infinity and no NaN: those stay the text that was written. */
function scalarValue(value: unknown, source: string | undefined): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return source ?? null;
}
