// Draws the picture of one connection: client, gateway, target, and what went between them so far.
import { html, svg, type TemplateResult } from 'lit';
import { inWords, type Party, type SequenceRow } from './sequence-rows.ts';

const parties: readonly Party[] = ['client', 'gateway', 'target'];
const x: Record<Party, number> = { client: 46, gateway: 180, target: 314 };
const width = 360;
const head = 30;
const step = 34;

export function sequenceView(rows: readonly SequenceRow[]): TemplateResult {
  const height = head + 20 + rows.length * step;
  return html`<svg class="lab-sequence" viewBox="0 0 ${width} ${height}" role="img" aria-label="Sequence of this connection. ${inWords(rows)}">
    ${parties.map(
      (party) => svg`<g class=${`lab-party-${party}`}>
        <line x1=${x[party]} y1=${head} x2=${x[party]} y2=${height} class="lab-life"></line>
        <rect x=${x[party] - 40} y="1" width="80" height=${head - 4} rx="6" class="lab-box"></rect>
        <text x=${x[party]} y="18" class="lab-party-name">${party}</text>
      </g>`,
    )}
    ${rows.map((row, i) => rowView(row, head + 28 + i * step))}
  </svg>`;
}

function rowView(row: SequenceRow, y: number) {
  if (row.kind === 'message') {
    const [from, to] = [x[row.from], x[row.to]];
    const right = to > from;
    const tip = to - (right ? 3 : -3);
    const back = right ? -7 : 7;
    const label = (from + to) / 2;
    return svg`<g class=${`lab-party-${row.from}`}>
      <text x=${label} y=${y - 6} class="lab-arrow-label">${row.text}</text>
      <path d=${`M${from} ${y}H${tip}m${back} -4l${-back} 4l${back} 4`} class="lab-arrow"></path>
    </g>`;
  }
  const half = row.kind === 'work' ? 82 : 90;
  return svg`<g class=${row.kind === 'work' ? 'lab-party-gateway' : 'lab-party-none'}>
    <rect x=${x.gateway - half} y=${y - 17} width=${2 * half} height="23" rx="11" class="lab-box"></rect>
    <text x=${x.gateway} y=${y - 1}>${row.text}</text>
  </g>`;
}
