// One frame with all its fields.
import { html, type TemplateResult } from 'lit';
import { clockTime } from '../../look/clock-time.ts';
import { opcodeName } from '../../websocket-client/opcode-name.ts';
import type { WatchedConnection } from '../connection-store.ts';
import { closeCodeMeaning } from './close-codes.ts';
import { payloadOf, rsvBits } from './frame-facts.ts';
import { type FrameEvent, wayOf } from './frame-hops.ts';
import { betweenHops, endsOf } from './frame-words.ts';

export function frameDetailView(
  frame: FrameEvent | null,
  connection: WatchedConnection,
  goTo: (frame: FrameEvent) => void,
): TemplateResult {
  if (!frame)
    return html`<p class="lab-soft lab-empty">Choose a frame with the arrow keys, or press it, for all its fields.</p>`;
  const [from, to] = endsOf(frame, connection.relay);
  const { partner, text } = betweenHops(frame, connection);
  const payload = payloadOf(frame);
  const compressed = frame.payload === '' && frame.length > 0 && frame.opcode < 8;
  const field = (name: string, value: TemplateResult | string | number) =>
    html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<div class="lab-frame-detail">
    <p class="lab-label">Frame #${frame.id}, ${from} → ${to}</p>
    <dl class="lab-fields">
      ${field('FIN', frame.fin ? '1, the last of its message' : '0, more fragments follow')}
      ${field('RSV', `${frame.rsv.toString(2).padStart(3, '0')}, ${rsvBits(frame.rsv)}${frame.rsv & 4 ? ' (compressed)' : ''}`)}
      ${field('Opcode', opcodeName(frame.opcode))}
      ${field('Mask', maskWords(frame))}
      ${field('Payload length', `${frame.length} ${frame.length === 1 ? 'byte' : 'bytes'}`)}
      ${field('At', clockTime(frame.at))}
      ${
        frame.opcode === 8
          ? field(
              'Close code',
              frame.closeCode === null
                ? 'none in the frame'
                : `${frame.closeCode}, ${closeCodeMeaning(frame.closeCode)}`,
            )
          : null
      }
      ${field(
        'Other hop',
        partner
          ? html`<button type="button" class="lab-link" @click=${() => goTo(partner)}>#${partner.id}</button>, ${text}`
          : connection.relay === 'bytes' || connection.relay === null
            ? sameBytes(frame, text)
            : text,
      )}
    </dl>
    ${
      compressed
        ? html`<p class="lab-soft">Its payload is compressed (permessage-deflate), so it is not shown.</p>`
        : frame.length === 0
          ? null
          : html`<p class="lab-label">Payload as text${cutWords(frame, payload.exact)}</p>
            <pre class="lab-wire lab-payload" tabindex="0" role="group" aria-label="Payload as text">${payload.text}</pre>
            <p class="lab-label">Payload as hex</p>
            <pre class="lab-wire lab-payload" tabindex="0" role="group" aria-label="Payload as hex">${payload.hex}</pre>`
    }
  </div>`;
}

/** RFC 6455 §5.1. The gateway is a client to the target, and a server to the client. */
function maskWords({ masked, direction }: FrameEvent): string {
  const ofClient = wayOf(direction) === 'to-target';
  if (masked) return ofClient ? '1, as a client must' : '1, against RFC 6455 §5.1: a server must not mask';
  return ofClient ? '0, against RFC 6455 §5.1: a client must mask' : '0, as a server must';
}

/** `time` is as in the frame's row. */
function sameBytes({ hopMs }: FrameEvent, time: string): string {
  if (hopMs === undefined) return 'the same bytes, passed on as they came';
  return hopMs === null
    ? 'the same bytes; they waited in the gateway, since the other side did not take all at once'
    : `the same bytes, written on ${time} after they came`;
}

function cutWords(frame: FrameEvent, exact: boolean): string {
  const cut = frame.payloadTruncated ? ', its beginning' : '';
  return exact ? cut : `${cut}; bytes that are no UTF-8 show as \ufffd`;
}
