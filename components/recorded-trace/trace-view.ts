// A recorded connection as a list: who did what, with the heads as they went over the wire and what the policies set.
import { html, type TemplateResult } from 'lit';
import { z } from 'zod/mini';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { eventLine } from '../gateway-log/event-line.ts';
import { gatewayEvent } from '../sandbox/gateway-event.ts';

export const recordedTrace = z.object({
  /** What `ws` told of its connection, a line each. */
  client: z.array(z.string()),
  events: z.array(gatewayEvent),
});

export function traceView({ client, events }: z.infer<typeof recordedTrace>): TemplateResult {
  return html`<div class="lab-bar"><span class="lab-file">Trace of a connection</span><span class="lab-soft">recorded</span></div>
    <div class="lab-scroll" tabindex="0" role="group" aria-label="Trace of a connection">
      <table class="lab-table">
        <thead><tr><th scope="col">Who</th><th scope="col">What</th></tr></thead>
        <tbody>${events.filter(({ type }) => type !== 'policy-started').map(rowView)}</tbody>
      </table>
    </div>
    <p class="lab-client-words"><span class="lab-label">What the client, <code>ws</code>, says</span> ${client.map((line) => html`<code>${line}</code>`)}</p>`;
}

function rowView(event: GatewayEvent): TemplateResult {
  const { who, text, tone } = eventLine(event);
  const head = headText(event);
  const set = event.type === 'policy-ended' ? whatWasSet(event) : [];
  return html`<tr class=${`lab-who-${who} lab-tone-${tone}`}><td>${who}</td><td class="lab-text">${text}${
    head === null ? null : html`<pre class="lab-wire">${head}</pre>`
  }${
    set.length === 0
      ? null
      : html`<ul class="lab-set">${set.map(({ what, asBefore }) => html`<li><code>${what}</code>${asBefore ? ' (as before)' : null}</li>`)}</ul>`
  }</td></tr>`;
}

/** A head as it goes over the wire; `null` for events that have none. */
function headText(event: GatewayEvent): string | null {
  switch (event.type) {
    case 'request-received':
      return wire(`${event.method} ${event.path} HTTP/${event.httpVersion ?? '1.1'}`, event.headers);
    case 'target-request':
      return wire(`${event.method} ${new URL(event.url).pathname} HTTP/1.1`, event.headers);
    case 'target-response':
      return wire(`HTTP/1.1 ${event.status} ${event.reason}`, event.headers);
    case 'response-sent':
      return wire(`HTTP/1.1 ${event.status} ${event.reason}`, event.headers, event.body);
    default:
      return null;
  }
}

function wire(first: string, headers: readonly (readonly [string, string])[], body = ''): string {
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return [...lines, ...(body === '' ? [] : ['', body])].join('\n');
}

/** All that a policy set, as `name = value`: a list of changes alone would point at the fault that the reader is to find. */
function whatWasSet({ context }: Extract<GatewayEvent, { type: 'policy-ended' }>) {
  return (context?.changes ?? []).map(({ name, before, after }) => ({
    what: after === null ? `${name} is cleared` : `${name} = ${after}`,
    asBefore: before === after,
  }));
}
