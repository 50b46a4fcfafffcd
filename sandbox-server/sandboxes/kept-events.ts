// The events that a log keeps. Frames and console lines come by the thousand: their oldest go first, so that how a connection began stays.
import type { GatewayEvent } from '../gateway/events.ts';

export interface KeptLimits {
  /** Events kept. */
  events: number;
  /** Bytes kept, about. */
  bytes: number;
}

export interface KeptEvents {
  add(event: GatewayEvent): void;
  /** Oldest first. */
  list(): GatewayEvent[];
  clear(): void;
}

/** Frames and console lines: what comes by the thousand. */
function isFlow({ type }: GatewayEvent): boolean {
  return type === 'frame' || type === 'server-console';
}

/** Share of the places that these keep at least, however much else there is. */
const FLOW_SHARE = 1 / 5;

/** About how many bytes an event takes. Frames come by the thousand, so theirs is reckoned, not measured. */
function weigh(event: GatewayEvent): number {
  return event.type === 'frame' ? 300 + event.payload.length : JSON.stringify(event).length;
}

/** Ids rise from one event to the next. */
export function createKeptEvents(limits: KeptLimits): KeptEvents {
  const story = createQueue(limits.events / 4);
  const flow = createQueue(limits.events / 4);

  /** Never the newest, even where it alone is larger than all may be together. */
  function forgetOne(newest: GatewayEvent): void {
    const ofFlow = flow.size() > limits.events * FLOW_SHARE;
    const [first, second] = ofFlow ? [flow, story] : [story, flow];
    const from = first.oldest() === undefined || first.oldest() === newest ? second : first;
    from.forgetOldest();
  }

  return {
    add(event) {
      (isFlow(event) ? flow : story).add(event);
      while (story.size() + flow.size() > limits.events) forgetOne(event);
      while (story.bytes() + flow.bytes() > limits.bytes && story.size() + flow.size() > 1) forgetOne(event);
    },
    list: () => [...story.list(), ...flow.list()].sort((a, b) => a.id - b.id),
    clear() {
      story.clear();
      flow.clear();
    },
  };
}

/** `slack`: so many that are forgotten may lie at its front, since to take one off an array moves all others. */
function createQueue(slack: number) {
  let entries: { event: GatewayEvent; bytes: number }[] = [];
  let bytes = 0;
  let dropped = 0;
  return {
    size: () => entries.length - dropped,
    bytes: () => bytes,
    oldest: () => entries[dropped]?.event,
    list: () => entries.slice(dropped).map(({ event }) => event),
    add(event: GatewayEvent) {
      const entry = { event, bytes: weigh(event) };
      entries.push(entry);
      bytes += entry.bytes;
    },
    forgetOldest() {
      bytes -= entries[dropped]?.bytes ?? 0;
      dropped += 1;
      if (dropped <= slack) return;
      entries = entries.slice(dropped);
      dropped = 0;
    },
    clear() {
      entries = [];
      bytes = 0;
      dropped = 0;
    },
  };
}
