// The rules of RFC 6455 that a handshake broke and kept, each with its section.
import { html, type TemplateResult } from 'lit';
import type { Rule } from '../lab-server/answers.ts';

/** Broken rules in full, kept ones folded away; `more` is what stands behind a rule's sentence. */
export function rulesView<Some extends Rule>(
  rules: readonly Some[],
  more: (rule: Some) => TemplateResult | null = () => null,
): TemplateResult {
  const ruleView = (
    rule: Some,
  ) => html`<li class=${rule.passed ? 'lab-rule lab-is-ok' : 'lab-rule lab-is-bad'}>
    <span class="lab-mark">${rule.passed ? 'kept' : 'broken'}</span>
    <span>${rule.message} <a href=${`https://www.rfc-editor.org/rfc/rfc6455#section-${rule.section}`}>RFC 6455, ${rule.section}</a>${more(rule)}</span>
  </li>`;
  const broken = rules.filter((rule) => !rule.passed);
  const kept = rules.filter((rule) => rule.passed);
  return html`<div class="lab-rules">
    ${broken.length > 0 ? html`<ul class="lab-rule-list">${broken.map(ruleView)}</ul>` : null}
    ${
      kept.length > 0
        ? html`<details><summary>${kept.length} ${kept.length === 1 ? 'rule' : 'rules'} kept</summary><ul class="lab-rule-list">${kept.map(ruleView)}</ul></details>`
        : null
    }
  </div>`;
}
