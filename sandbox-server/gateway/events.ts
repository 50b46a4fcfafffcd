// What the gateway tells about a sandbox: one event type, one log, one way to the page.
import type { ConsoleLevel, Header } from '../gatewayscript/types.ts';
import type { ContextChanges } from './assembly/context-changes.ts';
import type { LeftOutRule } from './handshake/header-rules.ts';
import type { HandshakeRule } from './handshake/rules.ts';

export type FrameDirection =
  | 'client-to-gateway'
  | 'gateway-to-client'
  | 'gateway-to-target'
  | 'target-to-gateway';

export type GatewayEventBody =
  | { type: 'api-deployed'; api: string; version: string; endpoints: string[] }
  | { type: 'api-removed'; api: string }
  /** Which switches differ from the defaults now, in words. */
  | { type: 'settings-changed'; switches: string[] }
  | { type: 'product-deployed'; product: string; version: string; plans: string[] }
  | { type: 'product-removed'; product: string }
  /** The client's handshake (or plain request) as it came. `listener` says by which port. */
  | {
      type: 'request-received';
      listener: 'tls' | 'site';
      method: string;
      path: string;
      /** E.g. `1.1`. */
      httpVersion?: string | undefined;
      headers: Header[];
      remote: string;
    }
  | { type: 'api-matched'; api: string; version: string; operation: string }
  /** Only where the operation asks for security. `application` and `plan` where a client id told them; `message` says what failed, without secrets. */
  | {
      type: 'security-checked';
      passed: boolean;
      /** Names of the schemes that were passed, or that failed. */
      scheme: string;
      application: string | null;
      plan: string | null;
      message: string | null;
    }
  | { type: 'policy-started'; policy: string; title: string; index: number }
  | {
      type: 'policy-ended';
      policy: string;
      title: string;
      index: number;
      outcome: 'completed' | 'stopped' | 'failed';
      message: string | null;
      durationMs: number;
      /** What it changed in the context, with what the policies inside it did; `null` where nobody looked. */
      context?: ContextChanges | null | undefined;
    }
  /** A line of the script's console, and as the gateway's own log has it. `index` is the policy's place in the assembly. */
  | {
      type: 'console';
      index: number;
      level: ConsoleLevel;
      text: string;
      line: number | null;
      logLine: string;
    }
  | {
      type: 'target-request';
      url: string;
      method: string;
      headers: Header[];
      /** Headers of the message that did not go along, where their name alone does not tell why. */
      leftOut?: { name: string; rule: LeftOutRule }[] | undefined;
    }
  | { type: 'target-response'; status: number; reason: string; headers: Header[] }
  /** The head that goes to the client, with the RFC 6455 rules it keeps and breaks (empty when it is no WebSocket handshake). */
  | {
      type: 'response-sent';
      status: number;
      reason: string;
      headers: Header[];
      body: string;
      rules: HandshakeRule[];
      /** Whose head it is at bottom; the gateway's own where it is not given. */
      from?: 'target' | 'message' | undefined;
    }
  /** After the 101: whether bytes go on as they come, messages are read, or nobody is there to pass them on to. */
  | { type: 'tunnel-opened'; relay: 'bytes' | 'messages' | 'nobody'; compression: boolean }
  | {
      type: 'frame';
      direction: FrameDirection;
      fin: boolean;
      rsv: number;
      opcode: number;
      masked: boolean;
      length: number;
      /** Text of a text or close frame, hex of the others; cut at the configured length. Empty when compressed (`rsv` 4 is RSV1). */
      payload: string;
      payloadTruncated: boolean;
      closeCode: number | null;
      /** Milliseconds, to the microsecond, of a clock that only goes forward: for the time between two frames. */
      clockMs?: number | undefined;
      /**
       * Where bytes go on as they come: milliseconds, to the microsecond, from the moment at which its last byte was seen to that at which
       * its bytes were written to the other hop; `null` where they wait there. Not given where messages are read: each hop has its own frame.
       */
      hopMs?: number | null | undefined;
    }
  /** Frames of a direction that are not told: how many and why, or that its bytes are no frames. */
  | { type: 'frames-unwatched'; reason: string }
  | {
      type: 'connection-closed';
      by: 'client' | 'target' | 'gateway';
      how: 'close-frame' | 'end' | 'reset' | 'idle' | 'shutdown';
      /** Of the Close frame of `by`, the first one; where that is the gateway, of the one that it sent to the client. */
      closeCode: number | null;
      closeReason: string | null;
      bytesFromClient: number;
      bytesToClient: number;
    }
  /** A line of the gateway's own log, e.g. `0x00b3006b The GET method is required for WebSocket upgrade.` */
  | { type: 'gateway-log'; level: 'error' | 'warn' | 'notice' | 'info'; code: string | null; text: string }
  /** A line of the console of a server of the sandbox. */
  | { type: 'server-console'; port: number; level: 'log' | 'error'; text: string }
  /** A server of the learner's own runs now. */
  | { type: 'server-started'; port: number }
  /** It was ended, and why; its clients are told. */
  | { type: 'server-stopped'; port: number; reason: string }
  /** Its script threw, or took more than it may; the place is one of the script's own, where that is known. */
  | { type: 'server-crashed'; port: number; message: string; line: number | null; column: number | null };

/** What the servers of a sandbox tell. */
export type ServerEvent = Extract<GatewayEventBody, { type: `server-${string}` }>;

/** `at` is ISO 8601 with milliseconds; `connection` is the gateway's transaction id (24 hex digits), `null` outside a connection. */
export type GatewayEvent = { id: number; at: string; connection: string | null } & GatewayEventBody;

/** Where the gateway puts its events. Never throws, never waits. */
export interface EventSink {
  emit(connection: string | null, event: GatewayEventBody): void;
  /** Whether somebody watches now; where nobody does, no frame needs to be told but the first ones. */
  watched(): boolean;
  /** Whether one more frame may be told now, of all connections together; asked for the later ones only. */
  takeFrame(): boolean;
}
