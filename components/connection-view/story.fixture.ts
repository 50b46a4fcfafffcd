// Events for tests: those of a real gateway with ids and times, and frames with fresh random payloads.
import { randomBytes, randomInt } from 'node:crypto';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import type { StartedGateway } from '../../sandbox-server/gateway/started-gateway.fixture.ts';
import type { FrameEvent } from './frames/frame-hops.ts';

export const word = () => randomBytes(6).toString('hex');

/** What the gateway has told of its connections so far, oldest first. */
export function storyOf(lab: StartedGateway): GatewayEvent[] {
  return lab.events.map(({ connection, event }, i) => ({
    ...event,
    id: i + 1,
    at: new Date(1_700_000_000_000 + i).toISOString(),
    connection,
  }));
}

/** The beginnings of connections have the ids before. */
let lastId = 100;

/** A text frame of the client, but for what is changed; ids rise. */
export function frame(changed: Partial<FrameEvent> = {}): FrameEvent {
  lastId += 1;
  const payload = changed.payload ?? word();
  return {
    id: lastId,
    at: new Date(1_700_000_000_000 + lastId).toISOString(),
    connection: 'c',
    type: 'frame',
    direction: 'client-to-gateway',
    fin: true,
    rsv: 0,
    opcode: 1,
    masked: true,
    length: Buffer.byteLength(payload),
    payload,
    payloadTruncated: false,
    closeCode: null,
    clockMs: lastId + randomInt(0, 900) / 1_000,
    ...changed,
  };
}

/** A connection's beginning, in which frames go on in this way. */
export function opened(relay: 'bytes' | 'messages' | 'nobody', connection = 'c'): GatewayEvent[] {
  const any = (id: number) => ({ id, at: new Date(1_700_000_000_000 + id).toISOString(), connection });
  return [
    {
      ...any(1),
      type: 'request-received',
      listener: 'tls',
      method: 'GET',
      path: `/maple/sandbox/${word()}`,
      httpVersion: '1.1',
      headers: [['Host', word()]],
      remote: '127.0.0.1',
    },
    {
      ...any(2),
      type: 'response-sent',
      status: 101,
      reason: 'Switching Protocols',
      headers: [],
      body: '',
      rules: [],
      from: 'target',
    },
    { ...any(3), type: 'tunnel-opened', relay, compression: false },
  ];
}

export function closedBy(by: 'client' | 'target' | 'gateway', connection = 'c'): GatewayEvent {
  lastId += 1;
  return {
    id: lastId,
    at: new Date().toISOString(),
    connection,
    type: 'connection-closed',
    by,
    how: 'close-frame',
    closeCode: 1000,
    closeReason: null,
    bytesFromClient: 1,
    bytesToClient: 1,
  };
}
