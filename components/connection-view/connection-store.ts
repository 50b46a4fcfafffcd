// The connections that the panel knows, each with its story and its frames; bounded, and fed by one event after the other.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import type { EventOf, FrameEvent } from './frames/frame-hops.ts';
import { FramePairs } from './frames/frame-pairs.ts';

export interface WatchedConnection {
  /** The gateway's transaction id. */
  id: string;
  /** Counted in this panel, from 1. */
  number: number;
  /** Of the first event that the panel got of it. */
  firstId: number;
  /** All but the frames, oldest first. */
  story: GatewayEvent[];
  frames: FrameEvent[];
  pairs: FramePairs;
  /** Frames, and other events, that were taken away or not taken in, since there is no more room. */
  droppedFrames: number;
  droppedEvents: number;
  /** What the gateway does with frames; `null` where that is not known. */
  relay: EventOf<'tunnel-opened'>['relay'] | null;
  closed: EventOf<'connection-closed'> | null;
}

export const limits = {
  connections: 100,
  /** Of all connections together. */
  frames: 20_000,
  /** Of one connection's story. */
  events: 500,
  /** Ids of connections that were taken away: the server may tell them again. */
  forgotten: 1_000,
};

/** Frames that are dropped at once, since to drop one moves all others. */
const atOnce = 1_000;

export class ConnectionStore {
  #connections = new Map<string, WatchedConnection & { lastId: number }>();
  #forgotten = new Set<string>();
  #count = 0;
  #frames = 0;

  /** Oldest first. */
  get connections(): readonly WatchedConnection[] {
    return [...this.#connections.values()];
  }

  get(id: string): WatchedConnection | undefined {
    return this.#connections.get(id);
  }

  /** Takes an event in, once: the server tells the kept ones again after a break. Says whether it was new. */
  add(event: GatewayEvent): boolean {
    const { connection: id } = event;
    if (id === null || this.#forgotten.has(id)) return false;
    const connection = this.#connections.get(id) ?? this.#begin(id, event.id);
    if (event.id <= connection.lastId) return false;
    connection.lastId = event.id;
    if (event.type === 'tunnel-opened') connection.relay = event.relay;
    if (event.type === 'frame') this.#addFrame(connection, event);
    else if (event.type === 'connection-closed') {
      connection.closed = event;
      connection.story.push(event);
    } else if (connection.story.length < limits.events) connection.story.push(event);
    else connection.droppedEvents += 1;
    return true;
  }

  /** Takes away what is over, and the frames of what is not. */
  clear(): void {
    for (const connection of this.#connections.values()) {
      if (isOver(connection)) this.#forget(connection);
      else this.#dropFrames(connection, connection.frames.length, false);
    }
  }

  #begin(id: string, firstId: number): WatchedConnection & { lastId: number } {
    this.#count += 1;
    const begun = {
      id,
      number: this.#count,
      firstId,
      story: [],
      frames: [],
      pairs: new FramePairs(),
      droppedFrames: 0,
      droppedEvents: 0,
      relay: null,
      closed: null,
      lastId: 0,
    };
    this.#connections.set(id, begun);
    if (this.#connections.size > limits.connections) {
      const all = [...this.#connections.values()];
      const oldest = all.find(isOver) ?? all[0];
      if (oldest) this.#forget(oldest);
    }
    return begun;
  }

  #addFrame(connection: WatchedConnection, frame: FrameEvent): void {
    connection.frames.push(frame);
    if (connection.relay === 'messages') connection.pairs.add(frame);
    this.#frames += 1;
    if (this.#frames <= limits.frames) return;
    const [longest = connection] = this.connections.toSorted((a, b) => b.frames.length - a.frames.length);
    this.#dropFrames(longest, atOnce, true);
  }

  #dropFrames(connection: WatchedConnection, count: number, counted: boolean): void {
    const dropped = connection.frames.splice(0, count);
    connection.pairs.forget(dropped);
    this.#frames -= dropped.length;
    if (counted) connection.droppedFrames += dropped.length;
  }

  #forget(connection: WatchedConnection): void {
    this.#connections.delete(connection.id);
    this.#frames -= connection.frames.length;
    this.#forgotten.add(connection.id);
    const [oldest] = this.#forgotten;
    if (this.#forgotten.size > limits.forgotten && oldest !== undefined) this.#forgotten.delete(oldest);
  }
}

/** Closed, or answered with something else than a 101. */
export function isOver({ closed, story }: WatchedConnection): boolean {
  if (closed) return true;
  const answer = story.find((event) => event.type === 'response-sent');
  return answer !== undefined && answer.status !== 101;
}
