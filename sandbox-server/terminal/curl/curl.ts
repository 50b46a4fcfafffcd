// `curl`: one request over real TLS to the reader's own endpoint, printed as curl prints it. A redirect is shown, and never followed.
import type { TLSSocket } from 'node:tls';
import { openTls } from '../../probe/raw-connection.ts';
import { type Command, type CommandIo, whyNotFound } from '../command.ts';
import { aimAt, type OwnTarget } from '../own-endpoint.ts';
import { connectionError, serverName } from '../tls-names.ts';
import { connectionLines } from './connection-lines.ts';
import { exchangeHttp1 } from './exchange-http1.ts';
import { exchangeHttp2 } from './exchange-http2.ts';
import { type CurlOptions, curlHelp, readCurlOptions } from './options.ts';

/** A request on its way, and where its answer is printed. */
export interface CurlExchange {
  socket: TLSSocket;
  options: CurlOptions;
  target: OwnTarget;
  io: CommandIo;
}

/** What came of it: curl's exit code, and the answer's status, where there is one. */
export interface CurlEnd {
  exit: number;
  status: number | null;
}

export const curl: Command = async (words, io, around) => {
  if (words.includes('--help') || words.includes('-h')) {
    io.note(curlHelp);
    return 0;
  }
  const options = readCurlOptions(words);
  if ('exit' in options) {
    io.stderr(options.stderr);
    io.note(options.note);
    return options.exit;
  }
  const aimed = aimAt(options.url, 'https:', around.endpoint);
  if ('refused' in aimed) {
    io.note(`${aimed.refused}\n`);
    return 1;
  }
  const { target } = aimed;
  const { host, port } = around.gateway;
  const fail = (exit: number, message: string) => {
    if (!options.silent) io.stderr(`curl: (${exit}) ${message}\n`);
    return exit;
  };
  if (options.verbose) io.stderr(`*   Trying ${host}:${port}...\n`);
  const protocols = options.http2 ? ['h2', 'http/1.1'] : ['http/1.1'];
  let socket: TLSSocket;
  try {
    const address = { host, port, servername: serverName(target.hostname) };
    socket = await openTls(address, protocols, io.signal, !options.insecure);
  } catch (error) {
    io.signal.throwIfAborted();
    const { code, reason } = connectionError(error);
    return code === 'ECONNREFUSED'
      ? fail(7, `Failed to connect to ${target.hostname} port ${port}: Couldn't connect to server`)
      : fail(60, `SSL certificate problem: ${reason}\n${CERTIFICATE_HELP}`);
  }
  try {
    if (options.verbose) io.stderr(connectionLines(socket, target.hostname, port, protocols));
    const exchange = socket.alpnProtocol === 'h2' ? exchangeHttp2 : exchangeHttp1;
    const { exit, status } = await exchange({ socket, options, target, io });
    if (exit !== 0) return fail(exit, CURL_ERRORS[exit] ?? 'Failure when receiving data from the peer');
    if (status === 404) io.note(whyNotFound(target.path, around));
    return 0;
  } finally {
    socket.destroy();
  }
};

const CURL_ERRORS: Record<number, string> = { 52: 'Empty reply from server' };

const CERTIFICATE_HELP = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;
