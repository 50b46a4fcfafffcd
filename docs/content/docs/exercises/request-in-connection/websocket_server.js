// Greets every client, and sends back what it says.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  const name = 'stranger';
  socket.send(`Hello, ${name}!`);

  socket.on('message', (data) => {
    socket.send(`${name}: ${data}`);
  });
});
