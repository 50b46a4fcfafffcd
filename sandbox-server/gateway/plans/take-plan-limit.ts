// The step after security: counts the handshake against the limits of the client's plan.
import type { Header } from '../../gatewayscript/types.ts';
import type { Client } from './client.ts';
import type { LimitState } from './limit-counts.ts';

export interface PlanLimitOutcome {
  refused: boolean;
  /** `X-RateLimit-Limit` and `-Remaining` for every answer, `-Reset` with a refusal. */
  headers: Header[];
  /** For the learner's log, worst first: one sentence for each limit that is used up. */
  usedUp: string[];
}

/**
 * A limit that is used up refuses where it is hard, and is only told where it is soft. Header values are as seen of the product,
 * `name=default,100;`; that several limits stand in one value, one after the other, is inferred.
 */
export function takePlanLimit({ application, product, limits }: Client): PlanLimitOutcome {
  const key = JSON.stringify([application.clientId, application.plan.name, limits.scope]);
  const states = product.counts.take(key, limits.limits);
  const over = states.filter(({ remaining }) => remaining < 0);
  const refusing = over.filter(({ limit }) => limit.hard);
  const headers: Header[] = [];
  // Burst limits are for a refusal only: their names may be those of rate limits.
  const shown = states.filter((state) => state.limit.kind === 'rate' || refusing.includes(state));
  if (shown.length > 0) {
    const listed = (numberOf: (state: LimitState) => number | null) =>
      shown.map((state) => `name=${headerText(state.limit.name)},${numberOf(state)};`).join('');
    headers.push(
      ['X-RateLimit-Limit', listed(({ limit }) => limit.calls)],
      ['X-RateLimit-Remaining', listed(({ remaining }) => Math.max(0, remaining))],
    );
  }
  const seconds = Math.max(...refusing.map(({ resetMs }) => Math.ceil(resetMs / 1_000)));
  if (refusing.length > 0) headers.push(['X-RateLimit-Reset', String(seconds)]);
  const usedUp = [...refusing, ...over.filter(({ limit }) => !limit.hard)].map((state) =>
    sentence(state, application.name, application.plan.name),
  );
  return { refused: refusing.length > 0, headers, usedUp };
}

function sentence({ limit, resetMs }: LimitState, application: string, plan: string): string {
  const what = `The application ${application} has used up the limit ${limit.name} (${limit.text}) of the plan ${plan}`;
  const seconds = Math.ceil(resetMs / 1_000);
  return limit.hard
    ? `${what}; the next interval starts in ${seconds} s.`
    : `${what}. It is soft, so the call goes on; hard-limit: true would refuse it.`;
}

/** A name may be any text, a header's value not. */
function headerText(name: string): string {
  return name.replace(/[^\x20-\x7e]|[,;]/g, '_');
}
