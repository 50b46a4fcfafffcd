// What happened in one sandbox, newest kept: the gateway writes here, and the page reads it, first what is kept and then live.
import { createSteadyBudget } from '../gateway/event-budget.ts';
import type { EventSink, GatewayEvent, GatewayEventBody } from '../gateway/events.ts';
import { microseconds } from '../gateway/microseconds.ts';
import { TooManyWatchers } from './errors.ts';

/** Gets each event as it is written. Called within `emit`, so it must be quick and must not throw. */
export interface EventWatcher {
  event(event: GatewayEvent): void;
  /** The sandbox is gone: there will be no more events. */
  end(): void;
}

export interface EventLogLimits {
  /** Events kept. */
  events: number;
  /** Bytes kept, about. */
  bytes: number;
  watchers: number;
  /** Frames of all connections that are told a second, beyond the first ones of each. */
  framesPerSecond: number;
}

export interface EventLog extends EventSink {
  /** The kept events, oldest first. */
  kept(): GatewayEvent[];
  /** Calls the watcher from the next event on. Throws `TooManyWatchers`. The function given back ends it. */
  watch(watcher: EventWatcher): () => void;
  /** Throws `TooManyWatchers` where `watch` would. */
  assertRoom(): void;
  watchers(): number;
  /** Tells the watchers that it ends, and forgets all. */
  close(): void;
}

/** About how many bytes an event takes. Frames come by the thousand, so theirs is reckoned, not measured. */
function weigh(event: GatewayEvent): number {
  return event.type === 'frame' ? 300 + event.payload.length : JSON.stringify(event).length;
}

/** An event log. Ids count from 1, `at` is the time of `emit`. */
export function createEventLog(limits: EventLogLimits): EventLog {
  let kept: { event: GatewayEvent; bytes: number }[] = [];
  let bytes = 0;
  let lastId = 0;
  let closed = false;
  const watchers = new Set<EventWatcher>();
  const frames = createSteadyBudget(limits.framesPerSecond);
  let dropped = 0;

  function assertRoom(): void {
    if (watchers.size >= limits.watchers) throw new TooManyWatchers(limits.watchers);
  }

  function forgetOldest(): void {
    bytes -= kept[dropped]?.bytes ?? 0;
    dropped += 1;
    // Taking one off the front of an array moves all others; taking many at once does so rarely.
    if (dropped > limits.events) {
      kept = kept.slice(dropped);
      dropped = 0;
    }
  }

  return {
    emit(connection: string | null, body: GatewayEventBody) {
      if (closed) return;
      lastId += 1;
      const event: GatewayEvent = { id: lastId, at: new Date().toISOString(), connection, ...body };
      if (event.type === 'frame') event.clockMs = microseconds(performance.now());
      const entry = { event, bytes: weigh(event) };
      kept.push(entry);
      bytes += entry.bytes;
      while (kept.length - dropped > limits.events) forgetOldest();
      // The newest stays, even one that is larger than all may be together.
      while (bytes > limits.bytes && kept.length - dropped > 1) forgetOldest();
      for (const watcher of watchers) watcher.event(event);
    },
    kept: () => kept.slice(dropped).map((entry) => entry.event),
    assertRoom,
    watch(watcher) {
      assertRoom();
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    watched: () => watchers.size > 0,
    takeFrame: () => frames.take().allowed,
    watchers: () => watchers.size,
    close() {
      closed = true;
      kept = [];
      dropped = 0;
      bytes = 0;
      const ending = [...watchers];
      watchers.clear();
      for (const watcher of ending) watcher.end();
    },
  };
}
