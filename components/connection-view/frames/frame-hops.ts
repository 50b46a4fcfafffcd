// Which hop a frame is on, and which way it goes.
import type { FrameDirection, GatewayEvent } from '../../../sandbox-server/gateway/events.ts';

export type EventOf<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>;
export type FrameEvent = EventOf<'frame'>;

/** Between client and gateway, or between gateway and target. */
export type Hop = 'client' | 'target';
export type Way = 'to-target' | 'to-client';

export function hopOf(direction: FrameDirection): Hop {
  return direction === 'client-to-gateway' || direction === 'gateway-to-client' ? 'client' : 'target';
}

export function wayOf(direction: FrameDirection): Way {
  return direction === 'client-to-gateway' || direction === 'gateway-to-target' ? 'to-target' : 'to-client';
}

/** Whether it comes in at the gateway; else the gateway sends it. */
export function comesIn(direction: FrameDirection): boolean {
  return direction === 'client-to-gateway' || direction === 'target-to-gateway';
}
