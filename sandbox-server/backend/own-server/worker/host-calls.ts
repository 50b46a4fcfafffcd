// The border of a learner's server on this side: the calls that its guest may make. What the guest says is a stranger's word.
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { list, pieceOf, text } from '../../../gatewayscript/host/arguments.ts';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import { digest, digestName } from '../../../gatewayscript/host/hash.ts';
import { type HostCall, replyJson } from '../../../gatewayscript/host/host-calls.ts';
import type { Timers } from '../../../gatewayscript/host/timers.ts';
import { urlCalls } from '../../../gatewayscript/host/url-calls.ts';
import { HASH_MAX_BYTES, RANDOM_MAX_BYTES } from '../../../gatewayscript/limits.ts';
import type { Clients } from './clients.ts';
import { localText } from './local-text.ts';
import { readOutgoingAsk } from './outgoing-ask.ts';
import { checkHeaders, RESPONDED, readAnswer } from './request-answer.ts';

/** What a call may touch of its server. */
export interface ServerSide {
  port: number;
  clients: Clients;
  timers: Timers;
  console(level: 'log' | 'error', text: string): void;
  /** Ends the server: nothing of the script runs after the next few thousand steps. */
  exit(code: number, line: number | null, column: number | null): void;
  /** Seconds that it has run. */
  uptime(): number;
}

const number = z.number();
const whole = z.number().int().nullable();
/** RFC 6455, sections 5.5 and 7.4, as `ws` takes them: anything else it throws at. */
const closeCode = z
  .number()
  .int()
  .refine(
    (code) =>
      (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999),
  )
  .nullable();
const closeReason = z.string().refine((reason) => Buffer.byteLength(reason) <= 123);
const CONTROL_BYTES = 125;
const frameOptions = z.object({ binary: z.boolean(), fin: z.boolean() });
const payloadBound = z.number().int().positive().nullable();
const yesOrNo = z.boolean();

/** Calls that do something and give nothing back. A call's name is its row; arguments come in this order. */
const commands: { [name: string]: (server: ServerSide, args: readonly unknown[]) => void } = {
  listen: ({ clients }) => clients.listen(),
  unlisten: ({ clients }) => clients.unlisten(),

  /** Throws where Node's `setHeader` does. */
  header: (_server, [name, values]) => checkHeaders(list(values).map((value) => [text(name), text(value)])),
  respond: ({ clients }, [client, ...answer]) =>
    clients.write(readAnswer(number.parse(client), answer), RESPONDED),
  raw: ({ clients }, [client, data]) =>
    clients.write({ do: 'raw', client: number.parse(client), data: bytesOfLatin1(data) }, 0),
  end: ({ clients }, [client]) => clients.act({ do: 'end', client: number.parse(client) }),
  handshake: ({ clients }, [client, maxPayload, handles]) =>
    clients.act({
      do: 'handshake',
      client: number.parse(client),
      maxPayload: payloadBound.parse(maxPayload),
      handles: yesOrNo.parse(handles),
    }),
  accept: ({ clients }, [client, protocol, headers]) =>
    clients.accept(number.parse(client), text(protocol), list(headers).map(text)),
  refuse: ({ clients }, [client, code, message, headers]) =>
    clients.refuse(number.parse(client), code, message === null ? null : String(message), headers),

  send: ({ clients }, args) => write(clients, 'send', args),
  ping: ({ clients }, args) => write(clients, 'ping', args),
  pong: ({ clients }, args) => write(clients, 'pong', args),
  close: ({ clients }, [client, code, reason]) =>
    clients.act({
      do: 'close',
      client: number.parse(client),
      code: closeCode.parse(code),
      reason: closeReason.parse(reason),
    }),
  terminate: ({ clients }, [client]) => clients.act({ do: 'terminate', client: number.parse(client) }),
  pause: ({ clients }, [client]) => clients.act({ do: 'pause', client: number.parse(client) }),
  resume: ({ clients }, [client]) => clients.act({ do: 'resume', client: number.parse(client) }),

  console: (server, [level, line]) => server.console(level === 'error' ? 'error' : 'log', text(line)),
  exit: (server, [code, line, column]) =>
    server.exit(number.parse(code), whole.parse(line), whole.parse(column)),
  clearTimer: ({ timers }, [id]) => timers.remove(number.parse(id)),
};

/** Calls that are answered with JSON. */
const questions: { [name: string]: HostCall<ServerSide> } = {
  port: ({ port }) => port,
  uptime: ({ uptime }) => uptime(),
  event: ({ clients }) => clients.event(),
  /** The text of a SyntaxError, or the connection's number and address. */
  connect({ clients }, [address, protocols, options]) {
    const read = readOutgoingAsk(text(address), list(protocols).map(text), options);
    if (read.invalid !== null) return { invalid: read.invalid };
    return { client: clients.connect(read.ask), url: read.ask.address };
  },
  buffered: ({ clients }, [client]) => clients.buffered(number.parse(client)),
  timer: ({ timers }, [delayMs, repeats]) => timers.add(number.parse(delayMs), repeats === true),

  /** Bytes, as Latin-1 characters, read as UTF-8. */
  text: (_server, [latin1]) => Buffer.from(text(latin1), 'latin1').toString(),

  jsonError: (_server, [given]) => jsonError(text(given)),

  localText: (_server, args) => localText(args),

  random: () => randomBytes(4).readUInt32LE(),
  randomUUID: () => randomUUID(),
  randomBytes(_server, [size, call]) {
    const wanted = number.int().min(0).max(RANDOM_MAX_BYTES).safeParse(size);
    if (wanted.success) return randomBytes(wanted.data).toString('latin1');
    throw new GuestError(
      'RangeError',
      `${text(call)}: expected a whole number of bytes from 0 to ${RANDOM_MAX_BYTES}`,
    );
  },

  digestName: (_server, [algorithm, call]) => digestName(algorithm, text(call)),
  digest: (_server, [algorithm, key, pieces, encoding, call]) => {
    const secret = key === null ? null : createSecretKey(bytesOf([key], call));
    const bytes = digest(text(algorithm), secret, bytesOf(list(pieces), call), text(call));
    return bytes.toString(encoding === 'base64' ? 'base64' : encoding === 'hex' ? 'hex' : 'latin1');
  },

  ...urlCalls,
};

/** Calls that are answered with bytes. */
const givers: { [name: string]: (server: ServerSide, args: readonly unknown[]) => Uint8Array } = {
  payload: ({ clients }) => clients.payload(),
  bytes: (_server, [given]) => Buffer.from(text(given)),
};

/**
 * Runs one call, JSON `[name, ...args]`; the reply is JSON as `replyJson` has it.
 * @throws where the guest says what its own code never would
 */
export function answerServerCall(server: ServerSide, callJson: string): string | ArrayBuffer {
  const [first, ...args] = list(JSON.parse(callJson));
  const name = text(first);
  const give = Object.hasOwn(givers, name) ? givers[name] : undefined;
  if (give) return Uint8Array.from(give(server, args)).buffer;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const ask = Object.hasOwn(questions, name) ? questions[name] : undefined;
  if (!command && !ask) throw new Error(`the guest called ${name.slice(0, 40)}, which is no host call`);
  return replyJson(() => (ask ? ask(server, args) : void command?.(server, args)));
}

/** In a buffer of their own: Node's small ones share one, which would be posted whole. */
function bytesOfLatin1(data: unknown): Uint8Array {
  return Uint8Array.from(Buffer.from(text(data), 'latin1'));
}

function write(clients: Clients, what: 'send' | 'ping' | 'pong', args: readonly unknown[]): void {
  const [client, encoding, data, options, callback] = args;
  const message = encoding === 'utf8' ? text(data) : bytesOfLatin1(data);
  if (what !== 'send' && message.length > CONTROL_BYTES)
    throw new Error(`the guest sent a ${what} of ${message.length} bytes`);
  const action = { do: what, client: number.parse(client), data: message, ...frameOptions.parse(options) };
  clients.write(action, number.parse(callback));
}

/** Characters of a text that is read for what is wrong with it: what it would become is not in the guest's memory. */
const JSON_ERROR_CHARS = 65_536;

/** What Node says of a text that is no JSON; `null` where it takes it, or is not asked. */
function jsonError(json: string): string | null {
  if (json.length > JSON_ERROR_CHARS) return null;
  try {
    JSON.parse(json);
    return null;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : null;
  }
}

function bytesOf(pieces: readonly unknown[], call: unknown): Buffer {
  const all = pieces.map((piece) => {
    const [encoding, content] = pieceOf(piece);
    return Buffer.from(content, encoding);
  });
  const bytes = Buffer.concat(all);
  if (bytes.length <= HASH_MAX_BYTES) return bytes;
  throw new GuestError(
    'RangeError',
    `${text(call)}: ${bytes.length} bytes; at most ${HASH_MAX_BYTES} in one call`,
  );
}
