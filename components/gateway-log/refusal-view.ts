// Why a handshake failed, shown: the sentence, the broken rules, the evidence.
import { html, type TemplateResult } from 'lit';
import { rulesView } from '../gatewayscript-editor/rules-view.ts';
import type { Refusal } from './refusal.ts';

export function refusalView({ sentence, broken, evidence, body }: Refusal): TemplateResult {
  return html`<div class="lab-refusal">
    <p class="lab-outcome lab-is-bad">${sentence}</p>
    ${broken.length > 0 ? rulesView(broken) : null}
    ${body ? html`<pre class="lab-wire" tabindex="0" role="group" aria-label="Body of the answer">${body}</pre>` : null}
    ${evidence.length > 0 ? html`<ul>${evidence.map((line) => html`<li>${line}</li>`)}</ul>` : null}
  </div>`;
}
