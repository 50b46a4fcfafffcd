// Sends back to each client what it says, until it says bye.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const text = data.toString();
    if (text === 'bye') return socket.close();
    socket.send(text);
  });
});
