// The button that makes the zip, and what came of it.
import { html, type TemplateResult } from 'lit';

export interface TakeHomeView {
  said?: { text: string; bad: boolean } | undefined;
  take?: () => void;
}

export function takeHomeView({ said, take }: TakeHomeView): TemplateResult {
  return html`<button type="button" class="lab-button lab-primary" @click=${() => take?.()}>Take it home</button>
    <span class=${said?.bad ? 'lab-error' : 'lab-soft'} role="status">${said?.text ?? 'One zip: both definitions, product, script, server, and a README with the commands.'}</span>`;
}
