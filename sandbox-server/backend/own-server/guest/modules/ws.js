// `require('ws')`: the npm package's server, and its client for the servers of the sandbox. Frames are the host's work, where the package itself does it.
import { createWebSocketServer } from '../websocket/server.js';
import { createWebSocket } from '../websocket/websocket.js';

export default function createWs({ sockets, http, later }) {
  const clients = createWebSocket(sockets);
  const { WebSocket } = clients;
  const WebSocketServer = createWebSocketServer({ ...sockets, http, later }, clients);
  const createWebSocketStream = () => {
    throw new Error('createWebSocketStream: there are no streams in the lab; use the events of the socket');
  };
  return Object.assign(WebSocket, {
    Server: WebSocketServer,
    WebSocketServer,
    WebSocket,
    createWebSocketStream,
  });
}
