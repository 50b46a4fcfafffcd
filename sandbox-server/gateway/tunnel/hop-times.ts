// Times what a frame takes from one hop to the other where its bytes go on as they come: it is told when they are written, with the time.
import type { GatewayEventBody } from '../events.ts';
import { microseconds } from '../microseconds.ts';
import type { Side } from './relay.ts';

export interface HopTimes {
  /** In the place of `emit` for what is told of the bytes that came from a side. */
  tell(side: Side, event: GatewayEventBody): void;
  /**
   * A chunk of this side is about to be written to a stream inside this process, which handles it within the write: its time is over now.
   * To a socket the write itself counts.
   */
  handing(side: Side): void;
  /** A chunk of this side is written on; `waits` where more lies at the other side than it takes at once. */
  written(side: Side, waits: boolean): void;
}

interface Untold {
  side: Side;
  event: GatewayEventBody;
  /** When the frame's last byte was seen, on the clock of `performance.now()`; `null` for what need not be timed any more. */
  cameMs: number | null;
  /** When it was handed on, where that was before the end of the write. */
  wentMs: number | null;
}

/** The clock is looked at for told frames only: a chunk of which nothing is told costs one call. */
export function createHopTimes(
  emit: (event: GatewayEventBody) => void,
  now: () => number = () => performance.now(),
): HopTimes {
  /** Of the chunks that are being written. A target in this process may answer within the write: its frame comes after the one that it answers. */
  let untold: Untold[] = [];

  return {
    tell(side, event) {
      if (event.type === 'frame') untold.push({ side, event, cameMs: now(), wentMs: null });
      else if (untold.length > 0) untold.push({ side, event, cameMs: null, wentMs: null });
      else emit(event);
    },
    handing(side) {
      if (untold.length === 0) return;
      const at = now();
      for (const each of untold) if (each.side === side) each.wentMs ??= at;
    },
    written(side, waits) {
      if (untold.length === 0) return;
      const at = now();
      for (const each of untold) {
        if (each.side !== side || each.cameMs === null) continue;
        if (each.event.type === 'frame')
          each.event.hopMs = waits ? null : microseconds((each.wentMs ?? at) - each.cameMs);
        each.cameMs = null;
      }
      if (untold.some(({ cameMs }) => cameMs !== null)) return;
      const told = untold;
      untold = [];
      for (const { event } of told) emit(event);
    },
  };
}
