// A WebSocket client of the lab: what it sends and gets, in order, and what it waits for.
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { LabTime } from '../../backend/own-server/lab-time.ts';
import type { Exchange } from '../checkpoint.ts';
import { createNews } from '../news.ts';
import { readText } from './answer-body.ts';

export interface TrialSocketAsk {
  /** Behind the base path, with its query; `/` if not given. */
  path?: string;
  headers?: Readonly<Record<string, string>>;
  protocols?: readonly string[];
  /** `false` for a client that lets pings go unanswered. */
  answersPings?: boolean;
}

export interface Message {
  /** As UTF-8; of a binary message too. */
  text: string;
  binary: boolean;
}

export interface Closing {
  /** 1006 where the connection ended without a close frame (RFC 6455 §7.1.5). */
  code: number;
  reason: string;
}

export interface TrialSocket extends Exchange {
  /** Whether the client took the connection for a WebSocket. */
  opened: boolean;
  /** Of an answer that was no 101; `null` where it opened or none came. */
  status: number | null;
  /** Subprotocol that the server picked; empty for none. */
  protocol: string;
  send(data: string | Uint8Array): void;
  /** Pings; whether a pong comes within `ms`. */
  ping(ms?: number): Promise<boolean>;
  /** From now on it reads no further: a slow client. */
  stall(): void;
  close(code?: number, reason?: string): void;
  /** The next message that was not taken yet; `null` where none comes within `ms`, or the connection ends before. */
  next(ms?: number): Promise<Message | null>;
  /** How it ended; `null` where it is still open after `ms`. */
  closed(ms?: number): Promise<Closing | null>;
  /** Pings that have come. */
  pings(): number;
}

/** Milliseconds for an answer, of the check's time. */
const ANSWER_MS = 4_000;
/** Bytes of one message. */
const MAX_PAYLOAD = 1024 * 1024;
/** Messages kept, and lines of the story told. */
const MAX_KEPT = 200;
const SHOWN_CHARS = 200;

/** Resolves when it is open or has failed to open. Rejects where `signal` has ended it before it began. */
export async function openSocket(
  connection: () => Duplex,
  target: string,
  { headers = {}, protocols = [], answersPings = true }: TrialSocketAsk,
  { signal, time }: { signal: AbortSignal; time: LabTime },
): Promise<TrialSocket> {
  signal.throwIfAborted();
  const socket = new WebSocket(`ws://gateway.example${target}`, [...protocols], {
    createConnection: connection,
    headers: { ...headers },
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    autoPong: answersPings,
  });
  const cut = () => socket.terminate();
  signal.addEventListener('abort', cut, { once: true });
  const story = { sent: [`connects to ${target}`], received: [] as string[] };
  const tell = (to: string[], line: string) => {
    if (to.length < MAX_KEPT) to.push(line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}…` : line);
  };
  const messages: Message[] = [];
  let pings = 0;
  let pongs = 0;
  let status: number | null = null;
  let closing: Closing | null = null;
  const { came, until } = createNews(time, () => closing !== null && messages.length === 0);

  socket.on('message', (data: Buffer, binary) => {
    const text = data.toString('utf8');
    if (messages.length < MAX_KEPT) messages.push({ text, binary });
    tell(story.received, binary ? `binary message, ${data.length} bytes` : `message: ${text}`);
    came();
  });
  socket.on('ping', () => {
    pings += 1;
    tell(story.received, 'ping');
    came();
  });
  socket.on('pong', () => {
    pongs += 1;
    tell(story.received, 'pong');
    came();
  });
  socket.on('unexpected-response', (_request, answer) => {
    status = answer.statusCode ?? null;
    tell(story.received, `status ${status}`);
    void readText(answer).then((body) => {
      if (body !== '') story.received.push(body);
      socket.terminate();
    });
  });
  socket.on('error', (error) => {
    if (status === null) tell(story.received, `error: ${error.message}`);
  });
  const ended = new Promise<void>((resolve) => {
    socket.once('close', (code, reason) => {
      closing = { code, reason: reason.toString('utf8') };
      signal.removeEventListener('abort', cut);
      if (status === null)
        tell(
          story.received,
          code === 1006
            ? 'the connection ended without a close frame'
            : `close ${code} ${closing.reason}`.trimEnd(),
        );
      came();
      resolve();
    });
  });
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), ended]);
  const opened = socket.readyState === WebSocket.OPEN;

  return {
    opened,
    status,
    get protocol() {
      return socket.protocol;
    },
    get sent() {
      return story.sent.join('\n');
    },
    get received() {
      return story.received.join('\n') || 'nothing';
    },
    send(data) {
      tell(
        story.sent,
        typeof data === 'string' ? `message: ${data}` : `binary message, ${data.length} bytes`,
      );
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    async ping(ms = ANSWER_MS) {
      const before = pongs;
      tell(story.sent, 'ping');
      if (socket.readyState === WebSocket.OPEN) socket.ping();
      return (await until(ms, () => (pongs > before ? true : null))) ?? false;
    },
    stall() {
      tell(story.sent, 'reads no further');
      socket.pause();
    },
    close(code = 1000, reason = '') {
      tell(story.sent, `close ${code} ${reason}`.trimEnd());
      socket.close(code, reason);
    },
    next: (ms = ANSWER_MS) => until(ms, () => messages.shift() ?? null),
    closed: (ms = ANSWER_MS) => until(ms, () => closing),
    pings: () => pings,
  };
}
