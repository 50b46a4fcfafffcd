// A button that asks the server for something, and says so while it waits. It stays pressable: the newest wins.
import { html, type TemplateResult } from 'lit';

export interface ActionButton {
  label: string;
  busyLabel: string;
  busy?: boolean;
  primary?: boolean;
  press?: (() => void) | undefined;
}

export function actionButton({
  label,
  busyLabel,
  busy = false,
  primary = false,
  press,
}: ActionButton): TemplateResult {
  const look = primary ? 'lab-button lab-primary' : 'lab-button';
  return html`<button type="button" class=${look} aria-busy=${busy} @click=${() => press?.()}>${busy ? busyLabel : label}</button>`;
}
