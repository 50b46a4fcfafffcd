// The settings that bound the gateway, a part of the server's one config.
import type { Config } from '../config.ts';

export type GatewayLimits = Pick<
  Config,
  | 'SANDBOX_MAX_CONNECTIONS'
  | 'GATEWAY_MAX_CONNECTIONS'
  | 'HEAD_MAX_BYTES'
  | 'HEAD_TIMEOUT_SECONDS'
  | 'BODY_MAX_BYTES'
  | 'EVENT_PAYLOAD_BYTES'
  | 'EVENT_FRAMES_PER_SECOND'
  | 'EVENT_FRAMES_UNWATCHED'
  | 'EVENT_CONTEXT_CHANGES'
  | 'EVENT_CONTEXT_CHARACTERS'
  | 'EVENT_CONTEXT_VARIABLES'
  | 'MESSAGE_MAX_BYTES'
  | 'MESSAGE_EVENTS_PER_SECOND'
  | 'CONDITION_DEADLINE_MS'
  | 'CONDITION_QUEUE'
  | 'DRAIN_SECONDS'
>;
