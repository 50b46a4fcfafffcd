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
  /** `head` is what the answer begins with, for listeners of `headers`. */
  | { type: 'upgrade'; client: number; request: RequestHead; protocols: string[]; head: string[] }
  /** After an upgrade: there will be no connection. */
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
  | { do: 'listen'; path: string | null; maxPayload: number | null }
  | { do: 'unlisten' }
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
