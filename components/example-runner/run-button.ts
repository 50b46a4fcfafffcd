// The button of an example, drawn by the build and by the element alike.
import { html, type TemplateResult } from 'lit';
import { actionButton } from '../lab-server/action-button.ts';

export interface RunButton {
  running?: boolean;
  run?: () => void;
  /** What happened last, for screen readers. */
  said?: string;
}

export function runButton({ running = false, run, said = '' }: RunButton): TemplateResult {
  return html`${actionButton({ label: 'Run', busyLabel: 'Running …', busy: running, press: run })}
    <span class="lab-hidden" role="status">${said}</span>`;
}
