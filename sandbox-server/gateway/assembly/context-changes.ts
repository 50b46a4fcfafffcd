// What one policy changed in the context: read before it and after it, and told with its end. Bounded, and without secrets.
import { type PathKey, printPath } from '../../gatewayscript/context/path.ts';
import type { JsonValue, Message, MessageHeader } from '../../gatewayscript/types.ts';
import type { GatewayLimits } from '../limits.ts';
import type { Transaction } from './policy.ts';
import { isSecretName } from './secret-name.ts';

export interface ContextChange {
  /** As a script writes it, e.g. `message.status.code`; a long one is cut. */
  name: string;
  /** The value as JSON, cut and without secrets; `null` where there was none. */
  before: string | null;
  after: string | null;
}

export interface ContextChanges {
  changes: ContextChange[];
  /** Changes beyond those. */
  more: number;
  /** `false` where the context has more variables than were looked at. */
  whole: boolean;
}

export type ChangeLimits = Pick<
  GatewayLimits,
  'EVENT_CONTEXT_CHANGES' | 'EVENT_CONTEXT_CHARACTERS' | 'EVENT_CONTEXT_VARIABLES'
>;

/** A header that a policy sets to the value that it had is no longer the request's own. */
interface HeaderLeaf {
  value: string;
  origin: MessageHeader['origin'];
}

type Leaf = string | number | boolean | null | Uint8Array | HeaderLeaf;

/** The context at one moment. Long texts and bodies are held, not copied. */
interface Snapshot {
  leaves: ReadonlyMap<string, Leaf>;
  whole: boolean;
}

/** Roots that no policy writes to. */
const READ_ONLY = new Set(['request', 'api', 'client', 'plan', 'system']);

/** To be called before a policy; what comes back tells, after it, what it has changed. */
export function watchContext(transaction: Transaction, limits: ChangeLimits): () => ContextChanges {
  const before = snapshot(transaction, limits.EVENT_CONTEXT_VARIABLES);
  return () => compared(before, snapshot(transaction, limits.EVENT_CONTEXT_VARIABLES), limits);
}

function compared(before: Snapshot, after: Snapshot, limits: ChangeLimits): ContextChanges {
  const whole = before.whole && after.whole;
  const changes: ContextChange[] = [];
  let more = 0;
  for (const name of new Set([...before.leaves.keys(), ...after.leaves.keys()])) {
    const was = before.leaves.get(name);
    const is = after.leaves.get(name);
    if (isSame(was, is)) continue;
    // Where not all was looked at, a name that one side lacks may be one that it did not come to.
    if (!whole && (was === undefined || is === undefined)) continue;
    if (changes.length >= limits.EVENT_CONTEXT_CHANGES) more += 1;
    else
      changes.push({
        name: cut(name, limits.EVENT_CONTEXT_CHARACTERS),
        before: shown(name, was, limits),
        after: shown(name, is, limits),
      });
  }
  return { changes, more, whole };
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

function isSame(a: Leaf | undefined, b: Leaf | undefined): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a === b || Buffer.compare(a, b) === 0;
  if (isHeader(a) && isHeader(b)) return a.value === b.value && a.origin === b.origin;
  return a === b;
}

function isHeader(leaf: Leaf | undefined): leaf is HeaderLeaf {
  return typeof leaf === 'object' && leaf !== null && 'origin' in leaf;
}

function shown(name: string, leaf: Leaf | undefined, limits: ChangeLimits): string | null {
  if (leaf === undefined) return null;
  const value = isHeader(leaf) ? leaf.value : leaf;
  const most = limits.EVENT_CONTEXT_CHARACTERS;
  if (isSecretName(name) && value !== null) return `(hidden, ${lengthOf(value)} characters)`;
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return JSON.stringify(value);
  const begin =
    typeof value === 'string'
      ? value.slice(0, most)
      : new TextDecoder().decode(value.subarray(0, most), { stream: true });
  const text = JSON.stringify(begin);
  return value.length > most ? `${text.slice(0, -1)} …" (${value.length} in all)` : text;
}

function lengthOf(value: string | number | boolean | Uint8Array): number {
  return value instanceof Uint8Array ? value.length : String(value).length;
}

function snapshot({ message, variables }: Transaction, most: number): Snapshot {
  const leaves = new Map<string, Leaf>(messageLeaves(message));
  const waiting: { keys: PathKey[]; value: JsonValue }[] = Object.entries(variables)
    .filter(([root]) => !READ_ONLY.has(root))
    .map(([root, value]) => ({ keys: [root], value }))
    .reverse();
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    seen += 1;
    if (seen > most) return { leaves, whole: false };
    const { keys, value } = next;
    if (typeof value !== 'object' || value === null) {
      leaves.set(printPath(keys), value);
      continue;
    }
    const members = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (members === 0) leaves.set(printPath(keys), Array.isArray(value) ? '[]' : '{}');
    // A list of a million members is not even listed.
    else if (members > most - seen) return { leaves, whole: false };
    else if (Array.isArray(value))
      for (const [i, member] of value.entries()) waiting.push({ keys: [...keys, i], value: member });
    else
      for (const [name, member] of Object.entries(value))
        waiting.push({ keys: [...keys, name], value: member });
  }
  return { leaves, whole: true };
}

function* messageLeaves({ status, headers, body }: Message): Iterable<[string, Leaf]> {
  if (status) {
    yield ['message.status.code', status.code];
    yield ['message.status.reason', status.reason];
  }
  const byName = new Map<string, HeaderLeaf & { name: string }>();
  for (const { name, value, origin } of headers) {
    const known = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), {
      name: known?.name ?? name,
      value: known ? `${known.value}, ${value}` : value,
      origin: known?.origin === 'policy' ? 'policy' : origin,
    });
  }
  for (const { name, value, origin } of byName.values()) yield [`message.headers.${name}`, { value, origin }];
  if (body.length > 0) yield ['message.body', body];
}
