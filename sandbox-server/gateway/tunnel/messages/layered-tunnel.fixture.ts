// A tunnel with the message layer in it, both of whose ends are the test's.
import type { Duplex } from 'node:stream';
import { expect } from 'vitest';
import { createWire } from '../../../backend/wire.ts';
import type { GatewayEventBody } from '../../events.ts';
import { createHeldBytes } from '../../held-bytes.ts';
import { openTunnel } from '../tunnel.ts';
import { createMessageLayer } from './message-layer.ts';
import { createMessageReader, type ReadItem } from './message-reader.ts';
import type { MessageRules } from './message-rules.ts';

/** Bytes of the largest message. */
export const MAX_BYTES = 1_048_576;

/** `client` and `target` are the far ends of both connections; `held` counts what waits in the layer alone. */
export function openLayered(
  rules: Partial<MessageRules> = {},
  targetHead = Buffer.alloc(0),
  held = createHeldBytes(Number.POSITIVE_INFINITY),
) {
  const [client, near] = createWire();
  const [inner, target] = createWire();
  for (const stream of [client, near, inner, target]) stream.on('error', () => {});
  const events: GatewayEventBody[] = [];
  const emit = (event: GatewayEventBody) => void events.push(event);
  let endings = 0;
  const ended = () => {
    endings += 1;
  };
  const all = { fromClient: null, fromTarget: null, textOnly: false, lossBytes: null, ended, ...rules };
  const telling = {
    payloadBytes: 100,
    framesPerSecond: 1_000,
    framesUnwatched: 50,
    watched: () => true,
    takeFrame: () => true,
    emit,
  };
  const layer = createMessageLayer({
    client: near,
    target: inner,
    targetHead,
    rules: all,
    held,
    maxBytes: MAX_BYTES,
    telling,
  });
  const tunnel = openTunnel({
    client: near,
    target: layer.stream,
    clientHead: Buffer.alloc(0),
    targetHead: Buffer.alloc(0),
    compression: false,
    endsOnClose: false,
    timed: false,
    held: createHeldBytes(Number.POSITIVE_INFINITY),
    halfCloseMs: 60_000,
    idleMs: 0,
    drainMs: 500,
    telling,
  });
  const over = async () => {
    await tunnel.closed;
    expect([near, inner, layer.stream].map((stream) => stream.closed)).toEqual([true, true, true]);
    expect(endings).toBe(1);
  };
  return { client, target, layer, tunnel, events, over };
}

/** Everything that comes out of a stream, as messages. */
export async function readItems(stream: Duplex, masked: boolean): Promise<ReadItem[]> {
  const reader = createMessageReader({ masked, maxBytes: 2 * MAX_BYTES, textOnly: false, lossBytes: null });
  const items: ReadItem[] = [];
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) items.push(...reader.read(chunk));
  return items;
}
