// One WebSocket connection of the page, as rows: its handshake and its frames, as far as a browser lets a page see them.
import type { FrameRow } from './frame-row.ts';

/** Rows that are kept; older ones are dropped and counted. */
const mostRows = 1000;
/** Bytes that may wait in the browser; more text is refused until they have gone. */
const mostWaiting = 8 * 1024 * 1024;

export type ConversationState = 'connecting' | 'open' | 'closing' | 'closed';

export interface ConversationEnd {
  /** 1006 when there was no close frame (RFC 6455, section 7.1.5). */
  code: number;
  reason: string;
  /** Whether the handshake had succeeded. */
  opened: boolean;
}

export class Conversation {
  readonly url: string;
  rows: readonly FrameRow[] = [];
  dropped = 0;
  state: ConversationState = 'connecting';
  /** The subprotocol that the server chose; empty for none. */
  protocol = '';
  end: ConversationEnd | null = null;
  #socket: WebSocket;
  #started = performance.now();
  #changed: () => void;

  /** Connects. Throws what a browser throws at a URL that it does not take. `changed` is called after every change. */
  constructor(url: string, protocols: readonly string[], changed: () => void) {
    this.url = url;
    this.#changed = changed;
    this.#socket = new WebSocket(url, [...protocols]);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => this.#onOpen());
    this.#socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#onMessage(data));
    this.#socket.addEventListener('close', ({ code, reason }) => this.#onClose(code, reason));
  }

  /** Sends a text frame; `false` when it could not. */
  send(text: string): boolean {
    if (this.state !== 'open' || this.#socket.bufferedAmount > mostWaiting) return false;
    this.#socket.send(text);
    this.#add('sent', 1, byteLength(text), text);
    return true;
  }

  /** Starts the closing handshake. Code and reason must be allowed (close-rules.ts). */
  close(code = 1000, reason = ''): void {
    if (this.state === 'closing' || this.state === 'closed') return;
    if (this.state === 'open') this.#add('sent', 8, 2 + byteLength(reason), `${code} ${reason}`.trim());
    this.state = 'closing';
    this.#socket.close(code, reason);
    this.#changed();
  }

  #onOpen(): void {
    this.state = 'open';
    this.protocol = this.#socket.protocol;
    const chosen = this.protocol ? `, subprotocol ${this.protocol}` : '';
    const text = `101 Switching Protocols${chosen}`;
    this.#add('handshake', null, byteLength(text), text);
  }

  #onMessage(data: unknown): void {
    if (data instanceof ArrayBuffer) this.#add('received', 2, data.byteLength, hex(new Uint8Array(data)));
    else this.#add('received', 1, byteLength(String(data)), String(data));
  }

  #onClose(code: number, reason: string): void {
    const opened = this.rows.length > 0 || this.dropped > 0;
    this.state = 'closed';
    this.end = { code, reason, opened };
    // 1005 and 1006 are never on the wire (RFC 6455, section 7.4.1): an empty close frame, and none.
    if (opened && code === 1005) this.#add('received', 8, 0, '');
    else if (opened && code !== 1006)
      this.#add('received', 8, 2 + byteLength(reason), `${code} ${reason}`.trim());
    else this.#changed();
  }

  #add(direction: FrameRow['direction'], opcode: number | null, length: number, payload: string): void {
    const row = { at: performance.now() - this.#started, direction, opcode, length, payload };
    const kept = this.rows.length < mostRows ? this.rows : this.rows.slice(1 - mostRows);
    this.dropped += this.rows.length - kept.length;
    this.rows = [...kept, row];
    this.#changed();
  }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** At most 64 bytes as hex. */
function hex(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, 64)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 64 ? `${shown} …` : shown;
}
