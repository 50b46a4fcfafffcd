// The gateway's log below a client, in its frame: empty at build time, so that its place is there from the first paint on.
import { html, type TemplateResult } from 'lit';

/** `log` is `null` as long as there is none. */
export function logPanel(log: TemplateResult | null, live: boolean): TemplateResult {
  const stale = log !== null && !live ? ' (not live at the moment)' : '';
  return html`<p class="lab-recorded">What the gateway of your organization does${stale}</p>
    <div class="lab-scroll lab-log-box" tabindex="0" role="group" aria-label="Event log of the gateway">${
      log ??
      html`<p class="lab-soft lab-empty">${live ? 'Nothing yet.' : 'Live, once you have deployed.'}</p>`
    }</div>`;
}
