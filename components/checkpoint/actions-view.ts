// What can be done at a checkpoint: check, then hint by hint, and at last the solution.
import { html, type TemplateResult } from 'lit';
import { actionButton } from '../lab-server/action-button.ts';

export interface CheckpointActions {
  kind: 'trial' | 'live';
  busy?: boolean;
  check?: () => void;
  /** What the reader may ask for next; `null` where there is nothing, or nothing has failed. */
  next?: 'hint' | 'solution' | null;
  more?: () => void;
  /** What happened last, for screen readers. */
  said?: string;
}

export function actionsView({
  kind,
  busy = false,
  check,
  next = null,
  more,
  said = '',
}: CheckpointActions): TemplateResult {
  return html`${actionButton({ label: 'Check', busyLabel: 'Checking …', busy, primary: true, press: check })}
    ${
      next === null
        ? html`<span class="lab-soft">${hints[kind]}</span>`
        : html`<button type="button" class="lab-button" @click=${() => more?.()}>${next === 'hint' ? 'Another hint' : 'Show the solution'}</button>`
    }
    <span class="lab-hidden" role="status">${said}</span>`;
}

const hints = {
  trial: 'Runs your file as it stands, with fresh keys and texts.',
  live: 'Looks at your own organization. This turns green by itself.',
};
