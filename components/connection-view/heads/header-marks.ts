// Compares the head that came in with the one that went out, and tells what became of each header and where it is from.
import type { HeaderRule } from '../../../sandbox-server/gateway/handshake/header-rules.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';

export type Fate = 'passed' | 'added' | 'dropped' | 'rewritten';

export interface Mark {
  fate: Fate;
  rule: HeaderRule;
  /** The policy that did it. */
  by: string | null;
}

export interface MarkedHeader {
  name: string;
  value: string;
  mark: Mark;
  /** The value on the other side, where that is another one. */
  other: string | null;
}

/** Why, on one way through the gateway; names are in lower case. */
export interface WayRules {
  /** A header that went out; `before` is the value that came in. */
  wentOut(name: string, value: string, before: string | undefined): Mark;
  /** One that came in and did not go out. */
  stayed(name: string): Mark;
}

export interface MarkedWay {
  incoming: MarkedHeader[];
  outgoing: MarkedHeader[];
}

export function markWay(
  incoming: readonly Header[],
  outgoing: readonly Header[],
  rules: WayRules,
): MarkedWay {
  const partners = pairUp(incoming, outgoing);
  const fates = new Map<number, { mark: Mark; value: string }>();
  const marked = outgoing.map(([name, value], i): MarkedHeader => {
    const from = partners.get(i);
    const before = from === undefined ? undefined : incoming[from]?.[1];
    const mark = rules.wentOut(name.toLowerCase(), value, before);
    if (from !== undefined) fates.set(from, { mark, value });
    return { name, value, mark, other: before === undefined || before === value ? null : before };
  });
  return {
    outgoing: marked,
    incoming: incoming.map(([name, value], i): MarkedHeader => {
      const fate = fates.get(i);
      if (!fate) return { name, value, mark: rules.stayed(name.toLowerCase()), other: null };
      return { name, value, mark: fate.mark, other: fate.value === value ? null : fate.value };
    }),
  };
}

/** Places in `outgoing` with the place of the same header in `incoming`: the one with the same value first, else the next of that name. */
function pairUp(incoming: readonly Header[], outgoing: readonly Header[]): Map<number, number> {
  const left = new Map<string, number[]>();
  for (const [i, [name]] of incoming.entries()) {
    const places = left.get(name.toLowerCase());
    if (places) places.push(i);
    else left.set(name.toLowerCase(), [i]);
  }
  const partners = new Map<number, number>();
  for (const sameValue of [true, false]) {
    for (const [o, [name, value]] of outgoing.entries()) {
      if (partners.has(o)) continue;
      const places = left.get(name.toLowerCase()) ?? [];
      const at = sameValue ? places.findIndex((i) => incoming[i]?.[1] === value) : 0;
      const [found] = at === -1 ? [] : places.splice(at, 1);
      if (found !== undefined) partners.set(o, found);
    }
  }
  return partners;
}
