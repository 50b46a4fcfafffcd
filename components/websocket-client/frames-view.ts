// The list of a conversation: the handshake and the frames, with time, direction, opcode, length and payload.
import { html, type TemplateResult } from 'lit';
import type { FrameRow } from './frame-row.ts';
import { opcodeName } from './opcode-name.ts';

export function framesView(rows: readonly FrameRow[]): TemplateResult {
  if (rows.length === 0)
    return html`<p class="lab-soft lab-empty">No frames: the connection is not open.</p>`;
  return html`<table class="lab-table lab-frames">
    <thead><tr><th scope="col">Time</th><th scope="col"><span class="lab-roomy">Direction</span></th><th scope="col">Frame</th><th scope="col">Bytes</th><th scope="col">Payload</th></tr></thead>
    <tbody>${rows.map(
      (row) => html`<tr class=${`lab-frame-${row.direction}`}>
        <td>${time(row.at)}</td><td>${arrows[row.direction]} <span class="lab-roomy">${words[row.direction]}</span></td><td>${opcodeName(row.opcode)}</td><td>${row.direction === 'handshake' ? '–' : row.length}</td><td class="lab-text">${row.payload}</td>
      </tr>`,
    )}</tbody>
  </table>`;
}

/** Milliseconds since Connect as seconds, e.g. `1.250 s`. */
function time(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}

const arrows = { sent: '→', received: '←', handshake: '↔' } as const;
const words = { sent: 'sent', received: 'received', handshake: 'both ways' } as const;
