// The gateway's log below a client, in its frame: empty at build time, so that its place is there from the first paint on.
import { html, type TemplateResult } from 'lit';

/** How the console of scripts is told; a choice only where there is one. */
export interface ConsoleForm {
  asLogged: boolean;
  choose(asLogged: boolean): void;
}

/** `log` is `null` as long as there is none. */
export function logPanel(
  log: TemplateResult | null,
  live: boolean,
  form: ConsoleForm | null = null,
): TemplateResult {
  const stale = log !== null && !live ? ' (not live at the moment)' : '';
  return html`<p class="lab-recorded">What the gateway of your organization does${stale}</p>
    ${form && formView(form)}
    <div class="lab-scroll lab-log-box" tabindex="0" role="group" aria-label="Event log of the gateway">${
      log ??
      html`<p class="lab-soft lab-empty">${live ? 'Nothing yet.' : 'Live, once you have deployed.'}</p>`
    }</div>`;
}

function formView({ asLogged, choose }: ConsoleForm): TemplateResult {
  return html`<label class="lab-console-form"><input type="checkbox" .checked=${asLogged} @change=${({
    target,
  }: Event) => {
    if (target instanceof HTMLInputElement) choose(target.checked);
  }} /> Script console as DataPower logs it</label>`;
}
