// The evidence of one side: for each client what it prints, and what the gateway's log has of its connection.
import { html, type TemplateResult } from 'lit';
import { logTable } from '../gateway-log/log-view.ts';
import { clientCommand } from './client-command.ts';
import type { Evidence } from './evidence.ts';

const headings = { broken: 'With the fault', mended: 'Mended' } as const;

/** `base` is the gateway's URL for organization and catalog. */
export function evidenceView(
  which: keyof typeof headings,
  evidence: readonly Evidence[],
  base: string,
): TemplateResult {
  return html`<section class="lab-evidence" data-side=${which}>
    <p class="lab-outcome ${which === 'mended' ? 'lab-is-ok' : 'lab-is-bad'}">${headings[which]}</p>
    ${evidence.map((each) => clientView(each, base))}
  </section>`;
}

function clientView({ client, lines, log }: Evidence, base: string): TemplateResult {
  const command = clientCommand(client, base);
  return html`<p class="lab-label">${client.client === 'browser' ? 'Your browser' : client.client}</p>
    <pre class="lab-wire" tabindex="0" role="group" aria-label="What the client prints"><b>${client.client === 'browser' ? '' : '$ '}${command}</b>
${lines.join('\n')}</pre>
    ${
      log.length === 0
        ? html`<p class="lab-soft">The gateway’s log has nothing of this connection: it never got as far as a request.</p>`
        : html`<details class="lab-evidence-log" open><summary>The gateway’s log of this connection</summary>
          <div class="lab-scroll" tabindex="0" role="group" aria-label="The gateway’s log of this connection">${logTable(log)}</div></details>`
    }`;
}
