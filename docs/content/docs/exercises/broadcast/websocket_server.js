// Sends back to each client what it says.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    socket.send(data);
  });
});
