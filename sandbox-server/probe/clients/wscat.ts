// Node's `ws` as a client, with the lines that `wscat --no-check` prints.
import { EventEmitter } from 'node:events';
import { connect } from 'node:tls';
import { WebSocket } from 'ws';
import { TRANSACTION_ID } from '../../gateway/handshake/transaction-id.ts';
import { converse, type OpenConnection } from '../conversation.ts';
import type { ProbeClient } from '../probe.ts';

/** Bytes of a message that it takes. */
const MAX_PAYLOAD = 16 * 1024 * 1024;
/** Bytes of a message that are printed. */
const SHOWN_BYTES = 1_024;

export const wscat: ProbeClient = async ({ ask, endpoint, print, signal }) => {
  const { host, port, servername } = endpoint;
  let status: number | null = null;
  let connection: string | null = null;
  let opened = false;
  let ended = false;
  let refused = false;
  const events: OpenConnection['events'] = new EventEmitter();
  const socket = new WebSocket(`wss://${host}:${port}${ask.target}`, [...ask.protocols], {
    createConnection: () => connect({ host, port, servername, rejectUnauthorized: false }),
    headers: Object.fromEntries(ask.headers),
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
  });
  const cut = () => socket.terminate();
  signal.addEventListener('abort', cut, { once: true });
  const headOf = (answer: { statusCode?: number | undefined; headers: NodeJS.Dict<string | string[]> }) => {
    status = answer.statusCode ?? null;
    connection = String(answer.headers[TRANSACTION_ID.toLowerCase()] ?? '') || null;
  };
  socket.on('upgrade', headOf);
  socket.on('unexpected-response', (_, answer) => {
    headOf(answer);
    refused = true;
    print(`error: Unexpected server response: ${answer.statusCode}`);
    answer.resume();
    socket.terminate();
  });
  socket.on('message', (data: Buffer, binary) => {
    const shown = data.subarray(0, SHOWN_BYTES);
    const more = data.length > shown.length ? ` … (${data.length} bytes)` : '';
    print(`< ${binary ? `(binary) ${shown.toString('hex')}` : shown.toString('utf8')}${more}`);
    events.emit('answer');
  });
  socket.on('error', (error) => {
    // An unexpected response ends it as well, and was told better.
    if (!refused) print(`error: ${error.message}`);
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', (code, reason) => {
      ended = true;
      if (opened) print(`Disconnected (code: ${code}, reason: "${reason}")`);
      events.emit('end');
      resolve();
    });
  });
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
  opened = socket.readyState === WebSocket.OPEN;
  if (opened) {
    print('Connected (press CTRL+C to quit)');
    const open: OpenConnection = {
      events,
      ended: () => ended,
      send: (message) => socket.send('text' in message ? message.text : Buffer.from(message.hex, 'hex')),
      ping: () => socket.ping(),
      close: () => socket.close(1000),
    };
    await converse(open, { ask, endpoint, print, signal }, (text) => print(`> ${text}`));
    socket.terminate();
  }
  await closed;
  signal.removeEventListener('abort', cut);
  return { opened, status, connection };
};
