// On small screens one part of the playground at a time, chosen here.
import { html, type TemplateResult } from 'lit';

export const panes = ['script', 'definition', 'client', 'server'] as const;
export type Pane = (typeof panes)[number];

const labels: Record<Pane, string> = {
  script: 'Script',
  definition: 'Definition',
  client: 'Client',
  server: 'Server',
};

export function tabsView(shown: Pane, choose?: (pane: Pane) => void): TemplateResult {
  return html`${panes.map(
    (pane) =>
      html`<button type="button" class="lab-button lab-tab" aria-pressed=${pane === shown} @click=${() => choose?.(pane)}>${labels[pane]}</button>`,
  )}`;
}
