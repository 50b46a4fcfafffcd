// The policies as they ran, and the context before and after each.
import { html, type TemplateResult } from 'lit';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import type { EventOf } from './frames/frame-hops.ts';

interface PolicyRun {
  started: EventOf<'policy-started'>;
  ended: EventOf<'policy-ended'> | null;
  /** How many policies it runs inside. */
  depth: number;
}

/** Policies that are listed: those of a handshake, and of the first messages. */
const mostRuns = 40;

/** In the order of their starts. Those that ran on messages stand after those of the handshake. */
export function policyRuns(story: readonly GatewayEvent[]): PolicyRun[] {
  const runs: PolicyRun[] = [];
  const open: PolicyRun[] = [];
  for (const event of story) {
    if (event.type === 'policy-started') {
      const run = { started: event, ended: null, depth: open.length };
      runs.push(run);
      open.push(run);
    } else if (event.type === 'policy-ended') {
      // On messages two directions run at once: what ends need not be what began last.
      const at = open.findLastIndex(({ started }) => started.index === event.index);
      const [run] = at === -1 ? [] : open.splice(at, 1);
      if (run) run.ended = event;
    }
  }
  return runs;
}

export function policiesView(story: readonly GatewayEvent[]): TemplateResult {
  const runs = policyRuns(story);
  if (runs.length === 0) return html`<p class="lab-soft">No policy ran.</p>`;
  const later = runs.length - mostRuns;
  return html`<ol class="lab-policies">${runs.slice(0, mostRuns).map(runView)}</ol>
    ${later > 0 ? html`<p class="lab-soft">${later} later runs, on messages, are not listed.</p>` : null}`;
}

const outcomes = { completed: 'done', stopped: 'ended the assembly', failed: 'failed' } as const;

function runView({ started, ended, depth }: PolicyRun): TemplateResult {
  const name =
    started.title && started.title !== started.policy
      ? `${started.policy} “${started.title}”`
      : started.policy;
  const how = ended ? `${outcomes[ended.outcome]}, ${ended.durationMs.toFixed(2)} ms` : 'running';
  const count = ended?.context ? ended.context.changes.length + ended.context.more : 0;
  return html`<li style=${`margin-inline-start: ${depth * 1.25}rem`}>
    <p><b>${name}</b> <span class=${ended?.outcome === 'failed' ? 'lab-error' : 'lab-soft'}>${how}${
      ended?.context
        ? count === 0
          ? ', context unchanged'
          : `, ${count} ${count === 1 ? 'change' : 'changes'} of the context`
        : ''
    }</span></p>
    ${ended?.message ? html`<p class="lab-soft">${ended.message}</p>` : null}
    ${ended?.context && count > 0 ? changesView(name, ended.context) : null}
  </li>`;
}

function changesView(
  name: string,
  { changes, more, whole }: NonNullable<EventOf<'policy-ended'>['context']>,
): TemplateResult {
  const value = (text: string | null) =>
    text === null ? html`<span class="lab-soft">not there</span>` : html`<code>${text}</code>`;
  return html`<div class="lab-scroll lab-changes" tabindex="0" role="group" aria-label=${`Context before and after ${name}`}>
      <table class="lab-table">
        <thead><tr><th scope="col">Variable</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
        <tbody>${changes.map(
          (change) =>
            html`<tr><td><code>${change.name}</code></td><td class="lab-text">${value(change.before)}</td><td class="lab-text">${value(change.after)}</td></tr>`,
        )}</tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="lab-soft">${more} more changes are not told.</p>` : null}
    ${whole ? null : html`<p class="lab-soft">The context is larger than what is looked at.</p>`}`;
}
