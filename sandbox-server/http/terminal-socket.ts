// A terminal's side of its socket: messages parsed at the border, output counted until the network has it.
import type { WebSocketLike } from '@hono/node-server';
import type { WSEvents } from 'hono/ws';
import { WebSocket } from 'ws';
import type { Terminal, TerminalParts } from '../terminal/terminal.ts';
import { createOutlet } from './outlet.ts';
import { Problem, problemOf, unforeseen } from './problem.ts';
import {
  type TerminalMessageLimits,
  type TerminalRequest,
  type TerminalResponse,
  terminalRequestSchema,
} from './terminal-messages.ts';

export interface TerminalSocketOptions {
  ready: Extract<TerminalResponse, { type: 'ready' }>;
  messages: TerminalMessageLimits;
  /** Bytes that may wait for the page: above, programs stop printing; above twice as many the socket is closed. */
  maxWaitingBytes: number;
  /** Aborted when the sandbox is gone. */
  gone: AbortSignal;
  create(io: Pick<TerminalParts, 'tell' | 'behind' | 'caughtUp'>): Terminal;
  /** Takes one of the runs of this minute; rejects with the 429. */
  takeRun(): Promise<void>;
  mistake(error: unknown): void;
  /** Takes a place; gives what frees it again, `null` where there is none. */
  begin(): (() => void) | null;
}

/** How a socket carries a terminal, from its opening to its end. Close codes: RFC 6455 §7.4.1, and 1013 of the IANA registry. */
export function terminalSocket(options: TerminalSocketOptions): WSEvents<WebSocketLike> {
  const schema = terminalRequestSchema(options.messages);
  let open: { terminal: Terminal; tell(response: TerminalResponse): void } | null = null;
  let end = () => {};
  /** Settles when the messages so far are taken: a line's input must not come before the line. */
  let taken = Promise.resolve();

  /** Throws a `Problem` for what is no message of a page. */
  function parse(data: unknown): TerminalRequest {
    const parsed = schema.safeParse(typeof data === 'string' ? jsonOf(data) : undefined);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    const what = `${place}${issue?.message ?? 'The message is not JSON.'}`;
    throw new Problem(400, 'malformed-message', what, 'GET /openapi.json has the form of the messages.');
  }

  async function take(data: unknown): Promise<void> {
    try {
      const request = parse(data);
      if (request.type === 'run') await options.takeRun();
      if (request.type === 'run') open?.terminal.run(request.line, request.file);
      else if (request.type === 'input') open?.terminal.type(request.text);
      else open?.terminal.signal(request.signal);
    } catch (error) {
      const problem = problemOf(error) ?? unforeseen;
      if (problem === unforeseen) options.mistake(error);
      open?.tell({ type: 'error', ...problem.body() });
    }
  }

  function begin(raw: WebSocket, free: () => void): void {
    const outlet = createOutlet(raw, options.maxWaitingBytes);
    const leave = () => {
      end();
      raw.close(1001, 'The sandbox is gone.');
    };
    end = () => {
      end = () => {};
      options.gone.removeEventListener('abort', leave);
      open?.terminal.close();
      open = null;
      free();
    };
    const tell = (response: TerminalResponse) => {
      outlet.send(JSON.stringify(response));
      if (outlet.waiting() <= 2 * options.maxWaitingBytes) return;
      end();
      raw.close(1013, 'The output comes faster than you read it.');
    };
    open = { tell, terminal: options.create({ tell, behind: outlet.behind, caughtUp: outlet.caughtUp }) };
    tell(options.ready);
    options.gone.addEventListener('abort', leave, { once: true });
    if (options.gone.aborted) leave();
  }

  return {
    onOpen(_opened, { raw }) {
      if (!(raw instanceof WebSocket)) return;
      const free = options.begin();
      // The last place may have gone to another socket since the route looked.
      if (free) begin(raw, free);
      else raw.close(1013, 'Too many terminals are open.');
    },
    onMessage({ data }) {
      if (open) taken = taken.then(() => take(data));
    },
    onClose: () => end(),
    onError: () => end(),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
