// Ends watchers whose computer went away without a word: pings them, and drops who did not answer the last one.
import type { WebSocket, WebSocketServer } from 'ws';

/** Pings all sockets of the server every so many seconds (RFC 6455 §5.5.2) until the function given back is called. */
export function heartbeat(server: WebSocketServer, seconds: number): () => void {
  const waiting = new WeakSet<WebSocket>();
  server.on('connection', (socket: WebSocket) => socket.on('pong', () => waiting.delete(socket)));
  const timer = setInterval(() => {
    for (const socket of server.clients) {
      if (waiting.has(socket)) {
        socket.terminate();
        continue;
      }
      waiting.add(socket);
      socket.ping();
    }
  }, seconds * 1000);
  timer.unref();
  return () => clearInterval(timer);
}
