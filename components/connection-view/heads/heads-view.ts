// The four heads, each header with what became of it, why, and how far that is known of the product.
import { html, type TemplateResult } from 'lit';
import type { Mark, MarkedHeader } from './header-marks.ts';
import {
  type Heads,
  type HeadText,
  headBytes,
  hexDump,
  requestHead,
  responseHead,
  targetHead,
} from './heads.ts';
import { markedHeads } from './marked-heads.ts';
import { standingChip } from './standing-chip.ts';

export function headsView(heads: Heads): TemplateResult {
  const { toTarget, toClient, from } = markedHeads(heads);
  const { client, sent, attached } = heads;
  const target = heads.target ?? attached?.target ?? null;
  const answer = heads.answer ?? attached?.answer ?? null;
  const noTarget =
    sent === null
      ? 'Not yet.'
      : 'No target was asked for this handshake: the gateway, or a script in it, has answered by itself.';
  const clientsMarks = toTarget?.incoming ?? (from === 'message' ? toClient?.incoming : undefined);
  return html`<div class="lab-heads">
    ${headView('1. Client’s request', client && requestHead(client), clientsMarks, 'Its beginning is no longer known.')}
    ${headView('2. Gateway’s request to the target', target && targetHead(target), toTarget?.outgoing, noTarget, attached && attachedWords)}
    ${headView('3. Target’s response', answer && responseHead(answer), answer && from !== 'message' ? toClient?.incoming : undefined, target ? 'None.' : noTarget)}
    ${headView('4. Response to the client', sent && responseHead(sent), toClient?.outgoing, 'Not yet.')}
  </div>`;
}

const attachedWords =
  'After the 101, and of its own: lab-attach connects the uppercase server. Nothing of the client’s request goes along but the subprotocol.';

function headView(
  title: string,
  head: HeadText | null,
  marks: readonly MarkedHeader[] | undefined,
  absent: string,
  note: string | null = null,
): TemplateResult {
  return html`<section class="lab-head" aria-label=${title}>
    <p class="lab-label">${title}</p>
    ${note && html`<p class="lab-why">${note} ${standingChip('lab')}</p>`}
    ${
      head
        ? html`<p class="lab-start-line">${head.start}</p>
          <ul class="lab-headers">${
            marks
              ? marks.map(markedView)
              : head.headers.map(([name, value]) => html`<li class="lab-header">${line(name, value)}</li>`)
          }</ul>
          ${passedWords(marks ?? [])}
          <details><summary>${headBytes(head).length} bytes</summary>
            <pre class="lab-wire" tabindex="0" role="group" aria-label=${`Bytes of ${title}`}>${hexDump(headBytes(head))}</pre>
          </details>`
        : html`<p class="lab-soft">${absent}</p>`
    }
  </section>`;
}

function markedView({ name, value, mark, other }: MarkedHeader): TemplateResult {
  const by = mark.by ? ` By ${mark.by}.` : '';
  return html`<li class=${`lab-header lab-fate-${mark.fate}`}>
    <span class="lab-fate">${mark.fate}</span>
    ${line(name, value)}
    ${
      isPlain(mark)
        ? null
        : html`<span class="lab-why">${mark.rule.reason}${by} ${standingChip(mark.rule.standing)}${
            other === null
              ? null
              : html`<span class="lab-other">On the other hop: <code>${other}</code></span>`
          }</span>`
    }
  </li>`;
}

/** Passed, as most are: why is told once. */
function isPlain({ fate, by }: Mark): boolean {
  return fate === 'passed' && by === null;
}

function passedWords(marks: readonly MarkedHeader[]): TemplateResult[] {
  const rules = new Set(marks.flatMap(({ mark }) => (isPlain(mark) ? [mark.rule] : [])));
  return [...rules].map(
    ({ reason, standing }) =>
      html`<p class="lab-why lab-passed-why">Passed: ${reason} ${standingChip(standing)}</p>`,
  );
}

function line(name: string, value: string): TemplateResult {
  return html`<code class="lab-header-line"><b>${name}:</b> ${value}</code>`;
}
