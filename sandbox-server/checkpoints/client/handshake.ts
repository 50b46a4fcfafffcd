// One request over a fresh connection to the gateway: its head byte for byte as asked, and the answer.
import type { Duplex } from 'node:stream';
import { freshKey } from '../../gateway/handshake/key.ts';
import type { ResponseHead } from '../../gateway/handshake/response-rules.ts';
import type { Header } from '../../gatewayscript/types.ts';
import { exchangeHead } from '../../probe/raw-connection.ts';
import type { Exchange } from '../checkpoint.ts';
import { readAnswerBody } from './answer-body.ts';

export interface HandshakeAsk {
  /** Behind the base path, with its query; `/` if not given. */
  path?: string;
  method?: string;
  /** Over those of a correct handshake: `null` takes one away, a list sends it more than once. */
  headers?: Readonly<Record<string, string | null | readonly string[]>>;
}

export interface Handshake extends Exchange {
  /** As it went out. */
  key: string | null;
  status: number;
  headers: readonly Header[];
  /** The value of a header, all of its lines joined with `, `; `null` where it is not there. */
  header(name: string): string | null;
}

const CORRECT = {
  Host: 'gateway.example',
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Version': '13',
};

/** Rejects where the connection ends without an answer, or `signal` ends it. The connection is over afterwards. */
export async function exchangeHandshake(
  connection: Duplex,
  target: string,
  ask: HandshakeAsk,
  signal: AbortSignal,
): Promise<Handshake> {
  const lines = headerLines({ ...CORRECT, 'Sec-WebSocket-Key': freshKey() }, ask.headers ?? {});
  const sent = [
    `${ask.method ?? 'GET'} ${target} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ];
  // Behind the gateway may be a server that never answers.
  const cut = () => connection.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    signal.throwIfAborted();
    const { head, rest } = await exchangeHead(connection, `${sent.join('\r\n')}\r\n\r\n`, signal);
    const body = ask.method === 'HEAD' ? '' : await readAnswerBody(connection, head, rest);
    const valuesOf = (name: string) =>
      head.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    return {
      key: lines.find(([name]) => name.toLowerCase() === 'sec-websocket-key')?.[1] ?? null,
      status: head.status,
      headers: head.headers,
      header: (name) => (valuesOf(name).length > 0 ? valuesOf(name).join(', ') : null),
      sent: sent.join('\n'),
      received: answerText(head, body),
    };
  } finally {
    signal.removeEventListener('abort', cut);
    connection.destroy();
  }
}

function headerLines(
  correct: Readonly<Record<string, string>>,
  asked: NonNullable<HandshakeAsk['headers']>,
): Header[] {
  const given = new Map(Object.entries(asked).map(([name, value]) => [name.toLowerCase(), value]));
  const own = Object.entries(correct).filter(([name]) => !given.has(name.toLowerCase()));
  const more = Object.entries(asked).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((each): Header => [name, each]),
  );
  return [...own, ...more];
}

function answerText({ status, reason, headers }: ResponseHead, body: string): string {
  return [
    `HTTP/1.1 ${status} ${reason}`.trimEnd(),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['', body]),
  ].join('\n');
}
