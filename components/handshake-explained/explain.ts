// All that can be said of two heads: rules, accept value, verdicts. Pure, and quick enough to be done anew at each key.
import { type AcceptSteps, acceptSteps } from './accept/accept-steps.ts';
import { type ClientVerdict, type Heads, verdicts } from './clients/verdicts.ts';
import { type PlacedRule, placedRules } from './heads/head-rules.ts';
import { type Head, parseHead } from './heads/parse-head.ts';

export interface Explained {
  request: Head;
  response: Head;
  rules: PlacedRule[];
  accept: AcceptSteps;
  verdicts: ClientVerdict[];
}

export function explain(heads: Heads): Explained {
  const request = parseHead(heads.request, 'request');
  const response = parseHead(heads.response, 'response');
  return {
    request,
    response,
    rules: placedRules(request, response),
    accept: acceptSteps(request, response),
    verdicts: verdicts(heads, request, response),
  };
}

/** One sentence: how many rules break, and who is content all the same. */
export function summary({ rules, verdicts }: Explained): string {
  const broken = new Set(rules.filter(({ passed }) => !passed).map(({ rule }) => rule)).size;
  const count =
    broken === 0 ? 'Every rule is kept' : broken === 1 ? 'One rule breaks' : `${broken} rules break`;
  const clients = verdicts.filter(({ judges }) => judges === 'response');
  const named = (outcome: string) =>
    clients.filter((each) => each.outcome === outcome).map(({ name }) => name);
  const parts = [
    sentencePart(named('opens'), 'opens', 'open'),
    sentencePart(named('refuses'), 'refuses', 'refuse'),
    sentencePart(named('waits'), 'waits for more', 'wait for more'),
  ].filter((part) => part !== '');
  return `${count}: ${parts.join(', ')}.`;
}

function sentencePart(names: readonly string[], one: string, many: string): string {
  if (names.length === 0) return '';
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${list} ${names.length === 1 ? one : many}`;
}
