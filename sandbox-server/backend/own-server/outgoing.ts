// A connection that a learner's script opens itself, to a server of its own sandbox and to nothing else: no name is looked up here.
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { createWire } from '../wire.ts';
import { OUTGOING_HANDSHAKE_MS } from './limits.ts';
import type { Action } from './messages.ts';

/** The servers that it can reach, by port. Throws `ECONNREFUSED` where none listens. */
export interface Reach {
  connect(port: number): Duplex;
}

export type ConnectAction = Extract<Action, { do: 'connect' }>;

/** Failures come as the socket's `error` and `close`, as of any client of `ws`. Throws where `ws` does not take what the script gave. */
export function openOutgoing(
  { address, port, protocols, options }: ConnectAction,
  reach: Reach,
  maxMessageBytes: number,
): { socket: WebSocket; stream: Duplex } {
  const { headers, origin, handshakeTimeout, maxPayload, autoPong } = options;
  const stream = reached(reach, port);
  try {
    const socket = new WebSocket(address, protocols, {
      createConnection: () => stream,
      headers,
      ...(origin === null ? {} : { origin }),
      maxPayload: Math.min(maxPayload ?? maxMessageBytes, maxMessageBytes),
      autoPong,
      perMessageDeflate: false,
    });
    // Not by the package's own `handshakeTimeout`: it asks the socket for a timer, and this stream has none.
    const timer = setTimeout(
      () => stream.destroy(new Error('Opening handshake has timed out')),
      Math.min(handshakeTimeout ?? OUTGOING_HANDSHAKE_MS, OUTGOING_HANDSHAKE_MS),
    ).unref();
    for (const event of ['open', 'close']) socket.once(event, () => clearTimeout(timer));
    return { socket, stream };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** A stream that fails, where there is nobody: as a socket's, the failure is told later. */
function reached(reach: Reach, port: number): Duplex {
  try {
    return reach.connect(port);
  } catch (error) {
    const [stream] = createWire();
    const reason = error instanceof Error ? error : new Error(String(error));
    // After the request has the stream, and listens.
    setImmediate(() => stream.destroy(reason));
    return stream;
  }
}
