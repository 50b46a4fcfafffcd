// The socket of a terminal: opened when there is a place for it, and opened again by itself when the server was away.
import { upTo } from '../lab-server/jitter.ts';
import { parseMessage, type TerminalMessage, type TerminalRequest } from './terminal-message.ts';

/** Before it tries again: at most these, and at least half of them. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Characters of one message of input: the server takes 600 UTF-16 units, of which one may take two. */
const INPUT_CHARS = 250;

export interface LinkAddress {
  url: string;
  /** Goes as subprotocol. */
  token: string;
}

export interface LinkOptions {
  /** Where the terminal is; rejects with the reason why there is none now. */
  address(): Promise<LinkAddress>;
  message(message: TerminalMessage): void;
  /** Of a handshake that was refused, which a browser does not tell: rejects with the reason. */
  refused(): Promise<void>;
  /** The connection is gone, or could not be made; it is tried again after a pause. */
  away(reason: unknown): void;
}

export class TerminalLink {
  #options: LinkOptions;
  #socket: WebSocket | null = null;
  #pause = FIRST_PAUSE_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = true;

  constructor(options: LinkOptions) {
    this.#options = options;
    void this.#connect();
  }

  send(request: TerminalRequest): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (request.type !== 'input') {
      this.#socket.send(JSON.stringify(request));
      return;
    }
    // Whole characters, as many to a message as may be.
    const characters = Array.from(request.text);
    for (let at = 0; at < characters.length; at += INPUT_CHARS) {
      const text = characters.slice(at, at + INPUT_CHARS).join('');
      this.#socket.send(JSON.stringify({ type: 'input', text }));
    }
  }

  /** Connects at once where it would wait. */
  wake(): void {
    if (this.#timer === undefined) return;
    this.#pause = FIRST_PAUSE_MS;
    void this.#connect();
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    let address: LinkAddress;
    try {
      address = await this.#options.address();
    } catch (error) {
      return this.#wait(error);
    }
    if (!this.#open) return;
    const socket = new WebSocket(address.url, [address.token]);
    this.#socket = socket;
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#pause = FIRST_PAUSE_MS;
    });
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = parseMessage(String(data));
      if (message && this.#open) this.#options.message(message);
    });
    socket.addEventListener('close', () => {
      this.#socket = null;
      if (opened) return this.#wait(null);
      this.#options.refused().then(
        () => this.#wait(null),
        (reason: unknown) => this.#wait(reason),
      );
    });
  }

  #wait(reason: unknown): void {
    if (!this.#open) return;
    this.#options.away(reason);
    this.#timer = setTimeout(() => void this.#connect(), upTo(this.#pause));
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
  }
}
