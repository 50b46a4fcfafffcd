// The frames of a connection that pass the filter, kept up to date as frames come: only new ones are tested.
import type { WatchedConnection } from '../connection-store.ts';
import { type FrameFilter, frameTest } from './frame-filter.ts';
import type { FrameEvent } from './frame-hops.ts';

export class ShownFrames {
  #connection: WatchedConnection | null = null;
  #filter: FrameFilter | null = null;
  #first = 0;
  #tested = 0;
  #frames: FrameEvent[] = [];

  /** `upTo`: the id of the last frame that may show, for a list that stands still. */
  of(connection: WatchedConnection, filter: FrameFilter, upTo: number | null): readonly FrameEvent[] {
    const { frames } = connection;
    const first = frames[0]?.id ?? 0;
    if (connection !== this.#connection || filter !== this.#filter || first !== this.#first) {
      [this.#connection, this.#filter, this.#first] = [connection, filter, first];
      this.#tested = 0;
      this.#frames = [];
    }
    const passes = frameTest(filter, connection.relay !== 'messages');
    const shown: FrameEvent[] = [];
    for (; this.#tested < frames.length; this.#tested += 1) {
      const frame = frames[this.#tested];
      if (!frame || (upTo !== null && frame.id > upTo)) break;
      if (passes(frame)) shown.push(frame);
    }
    if (shown.length > 0) this.#frames = this.#frames.concat(shown);
    return this.#frames;
  }
}
