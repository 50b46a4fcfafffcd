// Greets every client by the name that its handshake gives, and sends back what it says.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket, request) => {
  // The URL of a request has no host: any will do to read the query.
  const { searchParams } = new URL(request.url, 'ws://backend');
  const name = searchParams.get('name') ?? request.headers['x-name'] ?? 'stranger';
  socket.send(`Hello, ${name}!`);

  socket.on('message', (data) => {
    socket.send(`${name}: ${data}`);
  });
});
