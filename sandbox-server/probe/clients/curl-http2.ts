// A request over HTTP/2, printed as `curl -i --http2 --insecure` prints the answer; where the gateway does not offer h2, it says so and stops.
import { once } from 'node:events';
import { connect } from 'node:http2';
import { TRANSACTION_ID } from '../../gateway/handshake/transaction-id.ts';
import type { ProbeClient } from '../probe.ts';
import { openTls } from '../raw-connection.ts';

/** Headers that HTTP/2 does not have (RFC 9113 §8.2.2): this is where a handshake loses what makes it one. */
const OF_THE_CONNECTION = new Set(['connection', 'upgrade', 'keep-alive', 'transfer-encoding', 'host']);
/** Bytes of a body that are printed. */
const SHOWN_BYTES = 8_192;

export const curlHttp2: ProbeClient = async ({ ask, endpoint, print, signal }) => {
  const socket = await openTls(endpoint, ['h2', 'http/1.1'], signal);
  if (socket.alpnProtocol !== 'h2') {
    print(`* ALPN: server accepted ${socket.alpnProtocol || 'nothing'}, so there is no HTTP/2`);
    socket.destroy();
    return { opened: false, status: null, connection: null };
  }
  print('* ALPN: server accepted h2');
  const session = connect(`https://${endpoint.servername}:${endpoint.port}`, {
    createConnection: () => socket,
  });
  session.on('error', () => {});
  try {
    const kept = ask.headers.filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
    for (const [name] of ask.headers) {
      if (OF_THE_CONNECTION.has(name.toLowerCase())) print(`* HTTP/2 has no ${name}: not sent`);
    }
    const stream = session.request(
      { ':method': ask.method, ':path': ask.target, ...Object.fromEntries(kept) },
      { signal },
    );
    stream.end();
    const [headers] = await once(stream, 'response', { signal });
    const chunks: Buffer[] = await stream.toArray();
    const fields = Object.entries<string | string[] | number | undefined>(headers);
    const status = Number(headers[':status']);
    print(`HTTP/2 ${status}`);
    for (const [name, value] of fields) if (!name.startsWith(':')) print(`${name}: ${String(value)}`);
    print('');
    const body = Buffer.concat(chunks).subarray(0, SHOWN_BYTES).toString('utf8');
    for (const line of body.split('\n')) if (body !== '') print(line);
    return { opened: false, status, connection: String(headers[TRANSACTION_ID.toLowerCase()] ?? '') || null };
  } finally {
    session.destroy();
    socket.destroy();
  }
};
