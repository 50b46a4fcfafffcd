// A server for the tests of websocat: shakes hands, well or badly, and shows each frame that comes.
import type { TLSSocket } from 'node:tls';
import { acceptValue } from '../../gateway/handshake/accept.ts';
import { createFrameDecoder, type SeenFrame } from '../../gateway/tunnel/frame-decoder.ts';
import { OPCODE, writeFrame } from '../../gateway/tunnel/messages/write-frame.ts';
import { keyOf, startRawServer, surroundingsAt } from '../terminal.fixture.ts';

const response = (key: string, lines: Record<string, string> = {}) => {
  const headers = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': acceptValue(key),
    ...lines,
  };
  return `HTTP/1.1 101 Switching Protocols\r\n${Object.entries(headers)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
};

/** A server that shakes hands and then shows each frame that comes. */
export async function handshaken(
  onFrame: (frame: SeenFrame, socket: TLSSocket) => void = () => {},
  lines = {},
) {
  const frames: SeenFrame[] = [];
  const server = await startRawServer((head, socket) => {
    const decoder = createFrameDecoder({
      payloadBytes: 1_000_000,
      compression: false,
      onFrame(frame) {
        frames.push(frame);
        onFrame(frame, socket);
      },
      onFault(reason) {
        throw new Error(reason);
      },
    });
    socket.on('data', (chunk: Buffer) => decoder.push(chunk));
    socket.write(response(keyOf(head), lines));
  });
  return {
    server,
    frames,
    url: `wss://localhost:${server.port}/maple-heron/sandbox/x`,
    around: surroundingsAt(server.port),
  };
}

/** Answers a Close frame with a Close frame, as servers do. */
export const polite = ({ opcode, payload }: SeenFrame, socket: TLSSocket) => {
  if (opcode === OPCODE.close) socket.end(writeFrame(OPCODE.close, payload, false));
};

export const CONNECTED = '[INFO  websocat::ws_client_peer] Connected to ws\n';
