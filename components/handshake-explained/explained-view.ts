// The whole of a handshake explained: where to start, both heads, the rules, who says what, the accept value.
import { html, type TemplateResult } from 'lit';
import { rulesView } from '../gatewayscript-editor/rules-view.ts';
import { copyButton } from '../look/copy-button.ts';
import { acceptView } from './accept/accept-view.ts';
import type { Heads } from './clients/verdicts.ts';
import { verdictsView } from './clients/verdicts-view.ts';
import { explain, summary } from './explain.ts';
import type { PlacedRule } from './heads/head-rules.ts';
import { CR, TAB } from './heads/head-text.ts';
import { headView } from './heads/head-view.ts';
import type { HeadKind } from './heads/parse-head.ts';
import { PRESETS, START } from './presets.ts';

export interface ExplainedActions {
  change(heads: Heads): void;
  freshKey(): void;
  goTo(head: HeadKind, line: number): void;
  /** The page's address with these heads in it. */
  link(): string;
}

/** Without `actions` it is a still picture, as the build draws it. */
export function explainedView(heads: Heads, actions?: ExplainedActions): TemplateResult {
  const explained = explain(heads);
  const { rules, accept, verdicts } = explained;
  const broken = rules.some(({ passed }) => !passed);
  const head = (kind: HeadKind) =>
    headView({
      kind,
      bytes: heads[kind],
      broken: new Set(rules.flatMap((rule) => (!rule.passed && rule.head === kind ? rule.lines : []))),
      ...(actions ? { change: (bytes: string) => actions.change({ ...heads, [kind]: bytes }) } : {}),
    });
  return html`${actions ? toolsView(heads, actions) : null}
    <div class="lab-explained">
      <p class=${`lab-outcome lab-is-${broken ? 'bad' : 'ok'}`} data-summary>${summary(explained)}</p>
      ${head('request')} ${head('response')}
      <p class="lab-soft" id="lab-head-signs">${CR} is the byte CR, and the line break behind it LF. Enter writes both; a ${CR} taken out leaves a bare LF.
        ${TAB} is a tab. Other bytes that nobody could see stand in hex, such as ⟨00⟩, and can be typed so.</p>
    </div>
    <section class="lab-result" aria-labelledby="lab-rules-of">
      <h2 class="lab-label" id="lab-rules-of">The rules</h2>
      ${rulesView(rules, actions && ((rule) => linesView(rule, actions)))}
    </section>
    <section class="lab-result" aria-labelledby="lab-verdicts-of">
      <h2 class="lab-label" id="lab-verdicts-of">Who says what</h2>
      ${verdictsView(verdicts, rules)}
    </section>
    <section class="lab-result" aria-labelledby="lab-accept-of">
      <h2 class="lab-label" id="lab-accept-of">How the accept value comes about</h2>
      ${acceptView(accept)}
    </section>`;
}

function toolsView(heads: Heads, actions: ExplainedActions): TemplateResult {
  const same = (other: Heads) => other.request === heads.request && other.response === heads.response;
  return html`<div class="lab-bar">
      <span class="lab-label">Handshake</span>
      <div class="lab-tools">
        <button type="button" class="lab-button lab-small" ?disabled=${same(START)} @click=${() => actions.change(START)}>Back to the start</button>
        <button type="button" class="lab-button lab-small" @click=${() => actions.freshKey()}>Fresh key</button>
        ${copyButton(() => actions.link(), 'Copy link')}
      </div>
    </div>
    <div class="lab-presets" role="group" aria-label="Handshakes to look at">${PRESETS.map(
      (preset) =>
        html`<button type="button" class="lab-button lab-small" aria-pressed=${same(preset.heads)} @click=${() => actions.change(preset.heads)}>${preset.label}</button>`,
    )}</div>`;
}

function linesView({ head, lines, passed }: PlacedRule, actions: ExplainedActions): TemplateResult | null {
  if (passed) return null;
  return html`${lines.map(
    (line) =>
      html` <button type="button" class="lab-link" @click=${() => actions.goTo(head, line)}>${head === 'request' ? 'Request' : 'Response'}, line ${line}</button>`,
  )}`;
}
