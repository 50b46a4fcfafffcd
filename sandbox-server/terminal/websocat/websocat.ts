// `websocat`: over real TLS to the reader's own endpoint, with the checks, lines and errors of version 1 (read in its published source).
import { STATUS_CODES } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { freshKey } from '../../gateway/handshake/key.ts';
import type { ResponseHead } from '../../gateway/handshake/response-rules.ts';
import { websocatFault } from '../../probe/clients/websocat-checks.ts';
import { websocatRequest } from '../../probe/clients/websocat-handshake.ts';
import { exchangeHead, openTls } from '../../probe/raw-connection.ts';
import { type Command, type CommandIo, whyNotFound } from '../command.ts';
import { aimAt, type OwnTarget } from '../own-endpoint.ts';
import { connectionError, serverName } from '../tls-names.ts';
import { converse } from './converse.ts';
import { readWebsocatOptions, type WebsocatOptions, websocatHelp } from './options.ts';

export const websocat: Command = async (words, io, around) => {
  if (words.includes('--help') || words.includes('-h')) {
    io.note(websocatHelp);
    return 0;
  }
  const options = readWebsocatOptions(words);
  if ('stderr' in options) {
    io.stderr(options.stderr);
    if (options.note !== '') io.note(options.note);
    return 1;
  }
  const aimed = aimAt(options.url, 'wss:', around.endpoint);
  if ('refused' in aimed) {
    io.note(`${aimed.refused}\n`);
    return 1;
  }
  if (options.verbose) {
    if (!options.binary) io.stderr('[INFO  websocat::lints] Auto-inserting the line mode\n');
    io.stderr('[INFO  websocat::stdio_threaded_peer] get_stdio_peer (threaded)\n');
    io.stderr('[INFO  websocat::ws_client_peer] get_ws_client_peer\n');
  }
  const opened = await open(options, aimed.target, io, around.gateway);
  if ('socket' in opened)
    return converse({ ...opened, options, io, maxMessageBytes: around.maxMessageBytes });
  io.stderr(`websocat: WebSocketError: ${opened.fault}\nwebsocat: error running\n`);
  if (opened.status === 404) io.note(whyNotFound(aimed.target.path, around));
  return 1;
};

type Opened = { socket: TLSSocket; rest: Buffer } | { fault: string; status: number | null };

/** Connects and shakes hands. A socket that is not handed on is gone. */
async function open(
  options: WebsocatOptions,
  target: OwnTarget,
  io: CommandIo,
  gateway: { host: string; port: number },
): Promise<Opened> {
  let socket: TLSSocket;
  try {
    socket = await openTls(
      { ...gateway, servername: serverName(target.hostname) },
      [],
      io.signal,
      !options.insecure,
    );
  } catch (error) {
    io.signal.throwIfAborted();
    return { fault: connectionFault(error), status: null };
  }
  let handedOn = false;
  try {
    const key = freshKey();
    const request = websocatRequest({
      target: target.path,
      host: target.host,
      key,
      headers: [
        ...options.headers,
        ...(target.authorization === null ? [] : [['Authorization', target.authorization] as const]),
      ],
      protocols: options.protocol === null ? [] : [options.protocol],
    });
    const answer = await answerTo(socket, request, io.signal);
    if (answer === null)
      return { fault: 'WebSocketError: Connection closed before handshake could complete.', status: null };
    const { status } = answer.head;
    const fault = websocatFault(answer.head, key, STATUS_CODES[status]);
    if (fault !== null) return { fault: fault.text, status };
    if (options.verbose) io.stderr('[INFO  websocat::ws_client_peer] Connected to ws\n');
    handedOn = true;
    return { socket, rest: answer.rest };
  } finally {
    if (!handedOn) socket.destroy();
  }
}

/** `null` where the connection ends before there is an answer, or what comes is none. */
async function answerTo(
  socket: TLSSocket,
  request: string,
  signal: AbortSignal,
): Promise<{ head: ResponseHead; rest: Buffer } | null> {
  try {
    return await exchangeHead(socket, request, signal);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** OpenSSL's words, as its users report them. */
function connectionFault(error: unknown): string {
  const { code, reason } = connectionError(error);
  if (code === 'ECONNREFUSED') return 'Connection refused (os error 111)';
  return `WebSocket SSL error: error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:ssl/statem/statem_clnt.c:1889: (${reason})`;
}
