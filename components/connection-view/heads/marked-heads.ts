// The four heads with what became of each header: the reasons are the gateway's own table.
import {
  HEADER_FATES,
  type HeaderRule,
  LEFT_OUT,
  NOT_TO_CLIENT,
  NOT_TO_TARGET,
  OF_AN_UPGRADE,
  OF_THE_ORIGIN,
  PAGE_GUARD,
} from '../../../sandbox-server/gateway/handshake/header-rules.ts';
import { headerTokens, headerValue } from '../../../sandbox-server/gateway/handshake/headers.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';
import { type Mark, type MarkedWay, markWay, type WayRules } from './header-marks.ts';
import type { HeaderChanges, Heads } from './heads.ts';

export interface MarkedHeads {
  /** From the client's request to the gateway's; `null` where no target was asked. */
  toTarget: MarkedWay | null;
  /** To the client's response: from the target's, or from the request where the message became it. */
  toClient: MarkedWay | null;
  /** Whose head the response is at bottom. */
  from: 'target' | 'message' | 'gateway';
}

export function markedHeads(heads: Heads): MarkedHeads {
  const { client, target, answer, sent } = heads;
  const from = sent?.from ?? 'gateway';
  const incoming = from === 'message' ? (client?.headers ?? []) : (answer?.headers ?? []);
  return {
    from,
    toTarget: target && client ? markWay(client.headers, target.headers, towardsTarget(heads)) : null,
    toClient: sent ? markWay(incoming, sent.headers, towardsClient(heads, incoming)) : null,
  };
}

/** Of own members only: a header may be called `constructor`. */
function ruleOf(rules: Readonly<Record<string, HeaderRule>>, name: string): HeaderRule | undefined {
  return Object.hasOwn(rules, name) ? rules[name] : undefined;
}

const written = (rule: HeaderRule, before: string | undefined, by: string | null = null): Mark => ({
  fate: before === undefined ? 'added' : 'rewritten',
  rule,
  by,
});
const passed = (rule: HeaderRule): Mark => ({ fate: 'passed', rule, by: null });
const dropped = (rule: HeaderRule, by: string | null = null): Mark => ({ fate: 'dropped', rule, by });

function named(headers: readonly Header[], name: string): boolean {
  return headerTokens(headers, 'Connection').some((token) => token.toLowerCase() === name);
}

function towardsTarget({ client, target, changedBefore: { target: changed } }: Heads): WayRules {
  const upgrades = headerValue(target?.headers ?? [], 'Upgrade') !== undefined;
  return {
    wentOut(name, value, before) {
      const own = ruleOf(NOT_TO_TARGET, name);
      if (own) return written(own, before);
      if (!changed.has(name)) {
        if (before === value) return passed(HEADER_FATES.toTarget);
        if (name === 'authorization') return written(HEADER_FATES.credentials, before);
        if (name.startsWith('x-forwarded-')) return written(HEADER_FATES.forwarded, before);
      }
      return byPolicy(changed, name, value, before);
    },
    stayed(name) {
      const own = ruleOf(NOT_TO_TARGET, name);
      if (own) return dropped(own);
      if (named(client?.headers ?? [], name)) return dropped(HEADER_FATES.connectionNamed);
      const leftOut = target?.leftOut?.find((each) => each.name.toLowerCase() === name);
      if (leftOut) return dropped(LEFT_OUT[leftOut.rule]);
      const ofUpgrade = upgrades ? undefined : ruleOf(OF_AN_UPGRADE, name);
      return ofUpgrade ? dropped(ofUpgrade) : dropped(HEADER_FATES.policy, changed.get(name) ?? null);
    },
  };
}

function towardsClient(heads: Heads, incoming: readonly Header[]): WayRules {
  const { client, sent, changedBefore } = heads;
  const changed = changedBefore.sent;
  const from = sent?.from ?? 'gateway';
  const onPage = client?.listener === 'site';
  const switches = sent?.status === 101;
  return {
    wentOut(name, value, before) {
      const guard = onPage && !switches ? ruleOf(PAGE_GUARD, name) : undefined;
      if (guard) return written(guard, before);
      const isPolicys = from !== 'target' && changed.has(name);
      if (!isPolicys) {
        if (name === 'connection' && value === 'close' && !switches)
          return written(HEADER_FATES.oneAnswer, before);
        if (name.startsWith('x-ratelimit-') && before === undefined)
          return written(HEADER_FATES.planLimit, before);
      }
      if (from === 'target') {
        const own = ruleOf(NOT_TO_CLIENT, name);
        if (own) return written(own, before);
        if (before === value) return passed(HEADER_FATES.toClient);
      } else if (!isPolicys && name === 'x-global-transaction-id')
        return written(NOT_TO_CLIENT['x-global-transaction-id'] ?? HEADER_FATES.ownAnswer, before);
      else if (from === 'gateway' && !isPolicys) return written(HEADER_FATES.ownAnswer, before);
      else if (name === 'content-length' && !switches) return written(HEADER_FATES.length, before);
      else if (!isPolicys && before === value)
        return passed(switches ? HEADER_FATES.echoed : HEADER_FATES.bodyEchoed);
      return byPolicy(changed, name, value, before);
    },
    stayed(name) {
      if (from === 'message') return dropped(HEADER_FATES.notEchoed, changed.get(name) ?? null);
      if (from === 'gateway') return dropped(HEADER_FATES.replaced);
      const own = ruleOf(NOT_TO_CLIENT, name) ?? (onPage ? ruleOf(OF_THE_ORIGIN, name) : undefined);
      if (own) return dropped(own);
      return dropped(named(incoming, name) ? HEADER_FATES.connectionNamed : HEADER_FATES.replaced);
    },
  };
}

function byPolicy(changed: HeaderChanges, name: string, value: string, before: string | undefined): Mark {
  const mark = written(HEADER_FATES.policy, before, changed.get(name) ?? null);
  return before === value ? { ...mark, fate: 'passed' } : mark;
}
