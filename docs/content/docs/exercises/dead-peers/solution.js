// Sends back to each client what it says, and ends the connections of those that are not there any more.
const { WebSocketServer } = require('ws');

// Milliseconds from ping to ping. Outside an exercise half a minute is plenty.
const PING_MS = 300;

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.isAlive = true;
  socket.on('pong', () => {
    socket.isAlive = true;
  });
  socket.on('message', (data) => {
    socket.send(data.toString());
  });
});

const heartbeat = setInterval(() => {
  for (const client of server.clients) {
    if (!client.isAlive) {
      // Not close(): that waits for an answer.
      client.terminate();
      continue;
    }
    client.isAlive = false;
    client.ping();
  }
}, PING_MS);

server.on('close', () => clearInterval(heartbeat));
