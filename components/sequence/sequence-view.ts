// Draws a sequence: each party has its line and its colour, and what it says is in that colour.
import { html, svg, type TemplateResult } from 'lit';
import { inWords, type Party, type Sequence, type SequenceRow } from './sequence.ts';

const all: readonly Party[] = ['client', 'gateway', 'target'];
/** In units of the picture, which is scaled to its place. */
const x: Record<Party, number> = { client: 46, gateway: 180, target: 314 };
const width = 360;
const head = 30;
const step = 36;

export function sequenceView({ title, parties, rows }: Sequence): TemplateResult {
  const height = head + 20 + rows.length * step;
  return html`<svg class="lab-sequence" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}. ${inWords(rows)}">
    ${all.map(
      (
        party,
      ) => svg`<g class=${parties.includes(party) ? `lab-party-${party}` : 'lab-party-none lab-party-absent'}>
        <line x1=${x[party]} y1=${head} x2=${x[party]} y2=${height} class="lab-life"></line>
        <rect x=${x[party] - 42} y="1" width="84" height=${head - 4} rx="6" class="lab-box"></rect>
        <text x=${x[party]} y="18" class="lab-party-name">${party}</text>
      </g>`,
    )}
    ${rows.map((row, i) => rowView(row, head + 28 + i * step))}
  </svg>`;
}

function rowView(row: SequenceRow, y: number) {
  switch (row.kind) {
    case 'message':
      return arrow(row, y);
    case 'work':
      return box(row.text, x[row.at] - 82, x[row.at] + 82, y, `lab-party-${row.at}`);
    case 'stream':
      return box(row.text, x[row.from] - 20, x[row.to] + 20, y, 'lab-party-wire');
    case 'gap':
    case 'end':
      return box(row.text, x.gateway - 90, x.gateway + 90, y, 'lab-party-none');
  }
}

/** It ends before the line that it points to. */
function arrow({ from, to, text }: { from: Party; to: Party; text: string }, y: number) {
  const right = x[to] > x[from];
  const tip = x[to] - (right ? 3 : -3);
  const back = right ? -8 : 8;
  return svg`<g class=${`lab-party-${from}`}>
    <text x=${(x[from] + x[to]) / 2} y=${y - 6} class="lab-arrow-label">${text}</text>
    <path d=${`M${x[from]} ${y}H${tip}m${back} -5l${-back} 5l${back} 5`} class="lab-arrow"></path>
  </g>`;
}

function box(text: string, left: number, right: number, y: number, look: string) {
  return svg`<g class=${look}>
    <rect x=${left} y=${y - 17} width=${right - left} height="24" rx="12" class="lab-box"></rect>
    <text x=${(left + right) / 2} y=${y - 1}>${text}</text>
  </g>`;
}
