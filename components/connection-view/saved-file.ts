// Connections as one JSON file: written with what secrets there are hidden, and checked when it is opened again.
import { z } from 'zod/mini';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { gatewayEvent } from '../sandbox/gateway-event.ts';
import { ConnectionStore, type WatchedConnection } from './connection-store.ts';
import { hideSecrets } from './hide-secrets.ts';

const format = 'apiconnect-websocket-lab/connections';
const version = 1;
/** Bytes of a file that is opened: more than any that is written. */
export const mostBytes = 64 * 1024 * 1024;

const head = z.object({ format: z.literal(format), version: z.number() });
const file = z.object({
  format: z.literal(format),
  version: z.literal(version),
  savedAt: z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'no time')),
  connections: z
    .array(
      z.object({
        id: z.string(),
        droppedFrames: z.number(),
        droppedEvents: z.number(),
        events: z.array(gatewayEvent),
      }),
    )
    .check(z.maxLength(1_000)),
});

/** `savedAt` is ISO 8601. */
export function savedText(connections: readonly WatchedConnection[], savedAt: string): string {
  return JSON.stringify({
    format,
    version,
    savedAt,
    connections: connections.map(({ id, droppedFrames, droppedEvents, story, frames }) => ({
      id,
      droppedFrames,
      droppedEvents,
      events: [...story, ...frames].toSorted((a, b) => a.id - b.id).map(hideSecrets),
    })),
  });
}

export type Opened = { store: ConnectionStore; savedAt: string } | { problem: string };

/** Never throws: what is no such file is told in a sentence. */
export function openSaved(text: string): Opened {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'This file is no JSON. Choose one that Save has written.' };
  }
  const known = head.safeParse(value);
  if (!known.success)
    return { problem: 'This file holds no connections of the lab. Choose one that Save has written.' };
  if (known.data.version !== version)
    return {
      problem: `This file has the version ${known.data.version}, and this page reads version ${version}. Open it with the lab that saved it.`,
    };
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      problem: `This file is damaged at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}.`,
    };
  }
  const store = new ConnectionStore();
  for (const { id, droppedFrames, droppedEvents, events } of parsed.data.connections)
    addAll(store, id, events, { droppedFrames, droppedEvents });
  return { store, savedAt: parsed.data.savedAt };
}

function addAll(
  store: ConnectionStore,
  id: string,
  events: readonly GatewayEvent[],
  dropped: Pick<WatchedConnection, 'droppedFrames' | 'droppedEvents'>,
): void {
  for (const event of events) store.add({ ...event, connection: id });
  const connection = store.get(id);
  if (!connection) return;
  connection.droppedFrames += dropped.droppedFrames;
  connection.droppedEvents += dropped.droppedEvents;
}
