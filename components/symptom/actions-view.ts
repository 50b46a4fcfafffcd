// What can be done with a symptom: produce it, mend it, take it all away again.
import { html, type TemplateResult } from 'lit';
import { actionButton } from '../lab-server/action-button.ts';

export interface SymptomActions {
  stage: 'fresh' | 'produced' | 'mended';
  /** What is being done now. */
  doing?: string;
  busy?: boolean;
  produce?: () => void;
  mend?: () => void;
  undo?: () => void;
  /** What happened last, for screen readers. */
  said?: string;
}

export function actionsView({
  stage,
  doing,
  busy = false,
  produce,
  mend,
  undo,
  said,
}: SymptomActions): TemplateResult {
  const fresh = stage === 'fresh';
  return html`${actionButton({ label: fresh ? 'Produce it' : 'Again', busyLabel: fresh ? 'Producing …' : 'Again', busy: busy && fresh, primary: fresh, press: produce })}
    <button type="button" class=${`lab-button ${stage === 'produced' ? 'lab-primary' : ''}`} ?disabled=${fresh || busy} @click=${() => mend?.()}>Apply the mend</button>
    <button type="button" class="lab-button" ?disabled=${fresh || busy} @click=${() => undo?.()}>Take it away</button>
    <span class="lab-soft">${doing ?? hints[stage]}</span>
    <span class="lab-hidden" role="status">${said}</span>`;
}

const hints = {
  fresh: 'Deploys to your organization, and lets clients connect.',
  produced: 'Read the evidence, then apply the mend.',
  mended: 'Take it away when you have seen enough: it puts the switches back and removes the API.',
};
