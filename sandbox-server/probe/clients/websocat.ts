// Behaves as `websocat -v --insecure` does: its head, its three checks, its lines, as read in its published code and in people's terminals.
import { EventEmitter } from 'node:events';
import { STATUS_CODES } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { headerValue } from '../../gateway/handshake/headers.ts';
import { freshKey } from '../../gateway/handshake/key.ts';
import { TRANSACTION_ID } from '../../gateway/handshake/transaction-id.ts';
import { createFrameDecoder } from '../../gateway/tunnel/frame-decoder.ts';
import { converse, type OpenConnection } from '../conversation.ts';
import { closeFrame, messageFrame, pingFrame, pongFrame } from '../masked-frame.ts';
import type { ProbeClient } from '../probe.ts';
import { exchangeHead, openTls } from '../raw-connection.ts';
import { WEBSOCAT_CONNECTED, websocatFault, websocatSays } from './websocat-checks.ts';
import { websocatRequest } from './websocat-handshake.ts';

/** Bytes of a message that are printed. */
const SHOWN_BYTES = 1_024;

export const websocat: ProbeClient = async (run) => {
  const { ask, endpoint, print, signal } = run;
  print(WEBSOCAT_CONNECTED[0]);
  const socket = await openTls(endpoint, [], signal);
  try {
    const key = freshKey();
    const { head, rest } = await exchangeHead(
      socket,
      websocatRequest({ ...ask, host: `${endpoint.host}:${endpoint.port}`, key }),
      signal,
    );
    const connection = headerValue(head.headers, TRANSACTION_ID) ?? null;
    const fault = websocatFault(head, key, STATUS_CODES[head.status]);
    if (fault !== null) {
      for (const line of websocatSays(fault)) print(line);
      return { opened: false, status: head.status, connection };
    }
    print(WEBSOCAT_CONNECTED[1]);
    await converse(openConnection(socket, rest, print), run, (text) => print(`> ${text}`));
    return { opened: true, status: head.status, connection };
  } finally {
    socket.destroy();
  }
};

/** Prints what comes, binary in hex (lab's choice), answers pings, and closes as the protocol wants it (RFC 6455 §5.5). */
function openConnection(socket: TLSSocket, rest: Buffer, print: (line: string) => void): OpenConnection {
  const events: OpenConnection['events'] = new EventEmitter();
  let ended = false;
  let closing = false;
  const write = (frame: Buffer) => void (socket.writable && socket.write(frame));
  const decoder = createFrameDecoder({
    payloadBytes: SHOWN_BYTES,
    compression: false,
    onFrame({ opcode, payload, length }) {
      if (opcode === 9) {
        write(pongFrame(payload));
        return print('[INFO  websocat::ws_peer] Received WebSocket ping');
      }
      if (opcode === 8) {
        print('[INFO  websocat::ws_peer] Received WebSocket close message');
        if (!closing) write(closeFrame(payload.length >= 2 ? payload.readUInt16BE(0) : null));
        closing = true;
        return void socket.end();
      }
      if (opcode > 8) return;
      const more = length > payload.length ? ` … (${length} bytes)` : '';
      print((opcode === 2 ? `(binary) ${payload.toString('hex')}` : payload.toString('utf8')) + more);
      events.emit('answer');
    },
    onFault: (reason) => print(`websocat: WebSocketError: ${reason}`),
  });
  socket.on('data', (chunk: Buffer) => decoder.push(chunk));
  socket.once('close', () => {
    ended = true;
    if (!closing) print('[INFO  websocat::ws_peer] incoming None');
    events.emit('end');
  });
  socket.once('end', () => socket.end());
  decoder.push(rest);
  socket.resume();
  return {
    events,
    ended: () => ended,
    send: (message) => write(messageFrame(message)),
    ping: () => write(pingFrame()),
    close() {
      closing = true;
      write(closeFrame(1000));
    },
  };
}
