// A plain HTTP/1.1 request, printed as `curl -i --insecure` prints the answer.
import { request } from 'node:https';
import { headerPairs, headerValue } from '../../gateway/handshake/headers.ts';
import { TRANSACTION_ID } from '../../gateway/handshake/transaction-id.ts';
import type { ProbeClient } from '../probe.ts';

/** Bytes of a body that are printed. */
const SHOWN_BYTES = 8_192;

export const curl: ProbeClient = ({ ask, endpoint, print, signal }) =>
  new Promise((resolve, reject) => {
    const { host, port, servername } = endpoint;
    const sent = request({
      host,
      port,
      servername,
      method: ask.method,
      path: ask.target,
      headers: [
        ...['Host', `${host}:${port}`, 'User-Agent', 'curl', 'Accept', '*/*', ...ask.headers.flat()],
        // As curl sends it with `-d ''`; Node would say that a body follows in chunks.
        ...(ask.method === 'GET' || ask.method === 'HEAD' ? [] : ['Content-Length', '0']),
      ],
      rejectUnauthorized: false,
      agent: false,
      signal,
    });
    sent.once('error', reject);
    // A 101 to a request of the reader's own headers: the head is all there is to show.
    sent.once('upgrade', (answer, socket) => {
      tell(answer.statusCode ?? 0, answer.statusMessage ?? '', answer.rawHeaders, '');
      socket.destroy();
    });
    sent.once('response', (answer) => {
      answer.toArray().then((chunks: Buffer[]) => {
        const body = Buffer.concat(chunks).subarray(0, SHOWN_BYTES).toString('utf8');
        tell(answer.statusCode ?? 0, answer.statusMessage ?? '', answer.rawHeaders, body);
      }, reject);
    });
    sent.end();

    function tell(status: number, reason: string, rawHeaders: string[], body: string): void {
      const headers = headerPairs(rawHeaders);
      print(`HTTP/1.1 ${status} ${reason}`.trimEnd());
      for (const [name, value] of headers) print(`${name}: ${value}`);
      print('');
      for (const line of body.split('\n')) if (body !== '') print(line);
      resolve({ opened: false, status, connection: headerValue(headers, TRANSACTION_ID) ?? null });
    }
  });
