// Which frames the reader wants to see: by hop, by opcode, and by what stands in them.
import { payloadOf } from './frame-facts.ts';
import { type FrameEvent, type Hop, hopOf } from './frame-hops.ts';

export interface FrameFilter {
  hop: Hop | 'both';
  /** RFC 6455 §11.8; `null` for any. */
  opcode: number | null;
  /** Text in the payload, bytes as hex, a close code, or the number of a frame after `#`. */
  search: string;
}

export const allFrames: FrameFilter = { hop: 'both', opcode: null, search: '' };

/** `onBothHops`: the frames stand on both hops, since their bytes go on as they come. */
export function frameTest(filter: FrameFilter, onBothHops: boolean): (frame: FrameEvent) => boolean {
  const { hop, opcode } = filter;
  const search = filter.search.trim().toLowerCase();
  const hex = /^[0-9a-f]{2}([ ]?[0-9a-f]{2})*$/.test(search)
    ? (search.replaceAll(' ', '').match(/../g) ?? []).join(' ')
    : null;
  return (frame) => {
    if (opcode !== null && frame.opcode !== opcode) return false;
    if (hop !== 'both' && !onBothHops && hopOf(frame.direction) !== hop) return false;
    if (search === '') return true;
    if (search === `#${frame.id}` || search === String(frame.closeCode)) return true;
    const payload = payloadOf(frame);
    return payload.text.toLowerCase().includes(search) || (hex !== null && payload.hex.includes(hex));
  };
}
