// The cells of one row of the list of frames.
import { html, type TemplateResult } from 'lit';
import { clockTime } from '../../look/clock-time.ts';
import { opcodeName } from '../../websocket-client/opcode-name.ts';
import type { WatchedConnection } from '../connection-store.ts';
import type { FrameEvent } from './frame-hops.ts';
import { betweenHops, endsOf } from './frame-words.ts';

export function frameRowView(frame: FrameEvent, connection: WatchedConnection): TemplateResult {
  const [from, to] = endsOf(frame, connection.relay);
  const close = frame.closeCode === null ? '' : ` ${frame.closeCode}`;
  return html`<span class="lab-cell-id">${frame.id}</span>
    <span class="lab-cell-time">${clockTime(frame.at)}</span>
    <span class="lab-cell-ends">${party(from)}→${party(to)}</span>
    <span class="lab-cell-opcode">${opcodeName(frame.opcode)}${close}</span>
    <span class="lab-cell-bytes">${frame.length} B</span>
    <span class="lab-cell-between">${betweenHops(frame, connection).text}</span>
    <span class="lab-cell-payload">${frame.payload.slice(0, 200)}</span>`;
}

/** Where there is little room only the first letter shows. */
function party(name: string): TemplateResult {
  return html`<b class=${`lab-party-${name}`}>${name.charAt(0)}<span class="lab-rest">${name.slice(1)}</span></b>`;
}
