// An echo: what a client sends comes back to it as it was.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.on('message', (data, isBinary) => {
    console.log(`Received ${data.length} bytes`);
    socket.send(data, { binary: isBinary });
  });
});
