// What is left of a request's body when its answer is made: read and thrown away, so that the connection can serve the next request.
import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { LabEnvironment } from './environment.ts';

/** Bytes of an unwanted body that are read; a client that sends more loses its connection after the answer. */
const DISCARD_BYTES = 16_777_216;
const DISCARD_MS = 5_000;
/** Milliseconds that such a client has to read its answer. */
const LINGER_MS = 1_000;

/** Answers only when the rest of the body is read, since many clients read no answer before they have sent all (RFC 9112 §9.3). */
export const discardUnreadBody: MiddlewareHandler<LabEnvironment> = async (c, next) => {
  await next();
  const incoming = c.env?.incoming;
  if (!(incoming instanceof IncomingMessage)) return;
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || incoming.readableEnded) return;
  if (await discarded(incoming)) return;
  c.res.headers.set('Connection', 'close');
  closeLingering(incoming.socket);
};

/** Node cuts the connection right after its last answer, and a client that still sends would lose the answer with it (RFC 9112 §9.6). */
function closeLingering(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end();
    const linger = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(linger));
  };
}

/** Whether the body came to its end within the bounds. */
function discarded(incoming: IncomingMessage): Promise<boolean> {
  if (incoming.destroyed) return Promise.resolve(true);
  // The web stream that the adapter made of it would keep all that comes.
  incoming.removeAllListeners('data');
  return new Promise((resolve) => {
    let bytes = 0;
    const done = (ended: boolean) => {
      clearTimeout(timer);
      incoming.off('data', count).off('end', onEnd).off('close', onEnd);
      resolve(ended);
    };
    const onEnd = () => done(true);
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DISCARD_BYTES) done(false);
    };
    const timer = setTimeout(() => done(false), DISCARD_MS);
    incoming.on('data', count).once('end', onEnd).once('close', onEnd);
    incoming.resume();
  });
}
