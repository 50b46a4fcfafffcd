// The verdicts, one after the other: who, what, in which words, by which rule, and how it is known.
import { html, type TemplateResult } from 'lit';
import { standingView } from '../../look/standing.ts';
import { FIELD_OF, type PlacedRule } from '../heads/head-rules.ts';
import { OTHER_RULES, type Outcome } from './verdict.ts';
import type { ClientVerdict } from './verdicts.ts';

const TONES: Readonly<Record<Outcome, string>> = { opens: 'ok', refuses: 'bad', waits: 'warn' };

export function verdictsView(
  verdicts: readonly ClientVerdict[],
  rules: readonly PlacedRule[],
): TemplateResult {
  return html`<ul class="lab-verdicts">${verdicts.map((verdict) => verdictView(verdict, rules))}</ul>`;
}

function verdictView(verdict: ClientVerdict, rules: readonly PlacedRule[]): TemplateResult {
  const { name, outcome, says, standing, source, judges } = verdict;
  return html`<li class="lab-verdict">
    <p><strong>${name}</strong> <span class=${`lab-mark lab-is-${TONES[outcome]}`}>${outcome}</span></p>
    ${says.length > 0 ? html`<pre class="lab-wire lab-value">${says.join('\n')}</pre>` : null}
    <p>${reasonView(verdict, rules)}</p>
    <p class="lab-soft">Judges the ${judges}. ${standingView(standing)} ${source}.</p>
  </li>`;
}

function reasonView(
  { outcome, rule, judges, says, standing }: ClientVerdict,
  rules: readonly PlacedRule[],
): TemplateResult {
  if (outcome === 'waits')
    return html`The head does not end, so it waits until its patience, or the server’s, is over.`;
  if (rule !== null) {
    const silence = standing === 'seen' ? 'It says nothing. ' : 'Its words are not published. ';
    return html`${says.length === 0 ? silence : ''}By the rule ${ruleLink(rule, rules)}.`;
  }
  const unseen = rules.filter((each) => !each.passed && each.head === judges);
  if (unseen.length === 0) return html`Every rule that it looks at is kept.`;
  const links = [...new Set(unseen.map((each) => each.rule))].map((each) => ruleLink(each, rules));
  return html`It does not look at, or forgives: ${links.map((link, index) => html`${index > 0 ? '; ' : ''}${link}`)}.`;
}

function ruleLink(rule: string, rules: readonly PlacedRule[]): TemplateResult {
  const other = OTHER_RULES[rule];
  if (other) return html`<a href=${other.href}>${other.label}</a>`;
  const head = rule.startsWith('request-') ? 'request' : 'response';
  const section = rules.find((each) => each.rule === rule)?.section ?? (head === 'request' ? '4.1' : '4.2.2');
  const about = rule.endsWith('-head') ? `a valid ${head}` : (FIELD_OF[rule] ?? `the ${head}’s first line`);
  return html`<a href=${`https://www.rfc-editor.org/rfc/rfc6455#section-${section}`}>${about}, RFC 6455, ${section}</a>`;
}
