// Greets every client, and answers each message with its text reversed.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  console.log('Client connected');
  socket.send('Welcome to the WebSocket server!');

  socket.on('message', (data) => {
    const text = data.toString();
    console.log(`Received message: ${text}`);
    socket.send(`Processed message: ${[...text].reverse().join('')}`);
  });

  socket.on('close', () => {
    console.log('Client disconnected');
  });
});
