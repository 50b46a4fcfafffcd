// A frame in words: for its row, for screen readers, and the time that it took from one hop to the other.
import { opcodeName } from '../../websocket-client/opcode-name.ts';
import type { WatchedConnection } from '../connection-store.ts';
import { comesIn, type FrameEvent } from './frame-hops.ts';

export type Route = 'through' | 'one-hop' | 'nobody';

/** What a frame's row tells of the other hop. */
export interface Between {
  partner: FrameEvent | null;
  /** Milliseconds from when the frame came in to when it went out. */
  ms: number | null;
  text: string;
}

const parties = {
  'client-to-gateway': ['client', 'gateway'],
  'gateway-to-target': ['gateway', 'target'],
  'target-to-gateway': ['target', 'gateway'],
  'gateway-to-client': ['gateway', 'client'],
} as const;

/** From whom to whom; a frame whose bytes go on as they come is told once, for both hops. */
export function endsOf(frame: FrameEvent, relay: WatchedConnection['relay']): readonly [string, string] {
  if (relay === 'messages' || relay === 'nobody') return parties[frame.direction];
  return frame.direction === 'client-to-gateway' ? ['client', 'target'] : ['target', 'client'];
}

export function betweenHops(frame: FrameEvent, { relay, pairs, closed }: WatchedConnection): Between {
  if (relay === 'nobody') return { partner: null, ms: null, text: 'nobody is behind' };
  if (relay !== 'messages') return { partner: null, ms: frame.hopMs ?? null, text: asItCame(frame) };
  const partner = pairs.partnerOf(frame);
  if (!partner) {
    if (!comesIn(frame.direction)) return { partner, ms: null, text: 'the gateway’s own' };
    return { partner, ms: null, text: pairs.stayed(frame) || closed ? 'did not go on' : '…' };
  }
  const [came, went] = comesIn(frame.direction) ? [frame, partner] : [partner, frame];
  const ms =
    went.clockMs === undefined || came.clockMs === undefined
      ? Date.parse(went.at) - Date.parse(came.at)
      : went.clockMs - came.clockMs;
  return { partner, ms, text: hopTime(ms) };
}

/** The same bytes are on both hops. A file that was saved by an earlier lab tells no times. */
function asItCame({ hopMs }: FrameEvent): string {
  if (hopMs === undefined) return 'as it came';
  return hopMs === null ? 'waits' : hopTime(hopMs);
}

/** Microseconds show where there is nothing larger. */
function hopTime(ms: number): string {
  return `${ms.toFixed(ms < 0.1 ? 3 : 2)} ms`;
}

/** One sentence for a row. */
export function frameSentence(frame: FrameEvent, connection: WatchedConnection): string {
  const [from, to] = endsOf(frame, connection.relay);
  const { partner, ms, text } = betweenHops(frame, connection);
  const close = frame.closeCode === null ? '' : ` ${frame.closeCode}`;
  const bytes = frame.length === 1 ? '1 byte' : `${frame.length} bytes`;
  const on = partner
    ? `; on the other hop number ${partner.id}, ${text}`
    : ms === null
      ? ''
      : `; on the other hop after ${text}`;
  return `${from} to ${to}, ${opcodeName(frame.opcode)}${close}, ${bytes}: ${frame.payload.slice(0, 100) || 'no payload shown'}${on}`;
}
