// What became of the chosen connection, in words above its parts.
import { html, type TemplateResult } from 'lit';
import type { WatchedConnection } from './connection-store.ts';
import { outcomeOf } from './outcome.ts';

export function outcomeView(connection: WatchedConnection): TemplateResult | null {
  const { sentence, reasons, failed } = outcomeOf(connection);
  if (sentence === '' && reasons.length === 0) return null;
  return html`<div class="lab-became" data-outcome>
    ${sentence === '' ? null : html`<p class=${failed ? 'lab-error' : ''}>${sentence}</p>`}
    ${reasons.length === 0 ? null : html`<ul>${reasons.map((each) => html`<li>${each}</li>`)}</ul>`}
  </div>`;
}
