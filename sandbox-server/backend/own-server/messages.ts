// What goes between the host and a thread of learners' servers: events of clients in, actions on clients out.
import type { ScriptError } from '../../gatewayscript/types.ts';

/** A handshake as the script sees it. Header names are lower case in `headers`, and as they came in `rawHeaders`. */
export interface RequestHead {
  method: string;
  url: string;
  httpVersion: string;
  headers: { [name: string]: string | string[] | undefined };
  rawHeaders: string[];
  remoteAddress: string;
}

/** What a client did. `client` is its number within the server, below zero for connections that the script opened; `data` is what the guest takes as bytes. */
export type ClientEvent =
  /** A request that is no upgrade, with its body. */
  | { type: 'request'; client: number; request: RequestHead; data: Uint8Array }
  | { type: 'upgrade'; client: number; request: RequestHead }
  /** The upgrade is a handshake without fault; `head` is what the answer begins with, for listeners of `headers`. */
  | { type: 'handshake'; client: number; protocols: string[]; head: string[] }
  /** After a request: there will be no answer. After an upgrade: there will be no connection. */
  | { type: 'gone'; client: number }
  | { type: 'connection'; client: number; protocol: string }
  /** The script's own connection is open. */
  | { type: 'open'; client: number; protocol: string }
  | { type: 'message'; client: number; data: Uint8Array; binary: boolean }
  | { type: 'ping' | 'pong'; client: number; data: Uint8Array }
  | { type: 'error'; client: number; name: string; message: string; code: string | null }
  | { type: 'close'; client: number; code: number; data: Uint8Array };

/** Of a connection that the script opens; times in milliseconds, `null` where it says nothing. */
export interface OutgoingOptions {
  headers: { [name: string]: string };
  origin: string | null;
  handshakeTimeout: number | null;
  maxPayload: number | null;
  autoPong: boolean;
}

/** Of what the script sends: without `fin` the next one goes on with its message. */
export interface FrameOptions {
  binary: boolean;
  fin: boolean;
}

/** What the script did in one turn, in order. */
export type Action =
  | { do: 'listen' | 'unlisten' }
  /** Answers a request that is no upgrade. */
  | {
      do: 'respond';
      client: number;
      status: number;
      reason: string | null;
      headers: [name: string, value: string][];
      data: Uint8Array;
    }
  /** Bytes of the script's own to a client whose upgrade nobody has taken. */
  | { do: 'raw'; client: number; data: Uint8Array }
  /** Ends the stream of a client, after what was written to it. */
  | { do: 'end'; client: number }
  /** Goes on with an upgrade; `handles` is whether its path is one of the server's. */
  | { do: 'handshake'; client: number; maxPayload: number | null; handles: boolean }
  | { do: 'accept'; client: number; protocol: string; headers: string[] }
  | {
      do: 'refuse';
      client: number;
      code: number;
      message: string | null;
      headers: { [name: string]: string };
    }
  | ({ do: 'send' | 'ping' | 'pong'; client: number; data: string | Uint8Array } & FrameOptions)
  | { do: 'close'; client: number; code: number | null; reason: string }
  | { do: 'terminate' | 'pause' | 'resume'; client: number }
  /** `address` is a URL as `ws` takes it, `port` the sandbox's own that it names. */
  | {
      do: 'connect';
      client: number;
      address: string;
      port: number;
      protocols: string[];
      options: OutgoingOptions;
    }
  | { do: 'console'; level: 'log' | 'error'; text: string };

export type ToThread =
  /** `time`: what it is for a paced server, whose time goes on with beats; `null` for one that lives by the clock. */
  | { type: 'start'; server: number; script: string; port: number; time: number | null }
  /** The time of a paced server is so many milliseconds now. */
  | { type: 'beat'; server: number; now: number }
  | { type: 'event'; server: number; event: ClientEvent }
  /** Of what was sent to that client, so many more are written, or will never be. */
  | { type: 'written'; server: number; client: number; count: number; failed: boolean }
  | { type: 'end'; server: number };

/** Why a server is no more: what its script threw, or `null` where it has nothing left to do. */
export type ServerEnd = { error: ScriptError } | { error: null };

export type FromThread =
  | { type: 'ready' }
  /** The script cannot be compiled; nothing of it has run. */
  | { type: 'refused'; server: number; error: ScriptError }
  /** The script's first turn is over, and it lives. */
  | { type: 'started'; server: number }
  /** `handled` is the client whose event that turn was. */
  | { type: 'turn'; server: number; actions: Action[]; handled: number | null }
  /** The thread has had a beat, and all that came before. */
  | { type: 'beaten'; server: number }
  | ({ type: 'ended'; server: number } & ServerEnd)
  /** The lab's own fault, for the operator. */
  | { type: 'fault'; server: number; reason: string };
