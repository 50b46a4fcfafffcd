// Sends what one client says to all others.
const { WebSocket, WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    for (const client of server.clients) {
      if (client === socket) continue;
      // One that is just closing would get nothing of it.
      if (client.readyState !== WebSocket.OPEN) continue;
      // A Buffer goes out as a binary message, unless it is said otherwise.
      client.send(data, { binary: isBinary });
    }
  });
});
