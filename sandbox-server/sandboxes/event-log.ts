// What happened in one sandbox, newest kept: the gateway writes here, and the page reads it, first what is kept and then live.
import { createSteadyBudget } from '../gateway/event-budget.ts';
import type { EventSink, GatewayEvent, GatewayEventBody } from '../gateway/events.ts';
import { microseconds } from '../gateway/microseconds.ts';
import { TooManyWatchers } from './errors.ts';
import { createKeptEvents, type KeptLimits } from './kept-events.ts';

/** Gets each event as it is written. Called within `emit`, so it must be quick and must not throw. */
export interface EventWatcher {
  event(event: GatewayEvent): void;
  /** The sandbox is gone: there will be no more events. */
  end(): void;
}

export interface EventLogLimits extends KeptLimits {
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

/** An event log. Ids count from 1, `at` is the time of `emit`. */
export function createEventLog(limits: EventLogLimits): EventLog {
  const kept = createKeptEvents(limits);
  let lastId = 0;
  let closed = false;
  const watchers = new Set<EventWatcher>();
  const frames = createSteadyBudget(limits.framesPerSecond);

  function assertRoom(): void {
    if (watchers.size >= limits.watchers) throw new TooManyWatchers(limits.watchers);
  }

  return {
    emit(connection: string | null, body: GatewayEventBody) {
      if (closed) return;
      lastId += 1;
      const event: GatewayEvent = { id: lastId, at: new Date().toISOString(), connection, ...body };
      if (event.type === 'frame') event.clockMs = microseconds(performance.now());
      kept.add(event);
      for (const watcher of watchers) watcher.event(event);
    },
    kept: () => kept.list(),
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
      kept.clear();
      const ending = [...watchers];
      watchers.clear();
      for (const watcher of ending) watcher.end();
    },
  };
}
