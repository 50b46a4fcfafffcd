// Sends back to each client what it says, and closes with the code that says why (RFC 6455, section 7.4.1).
const { WebSocketServer } = require('ws');

// A longer message is never taken into memory: ws closes with 1009 by itself.
const server = new WebSocketServer({ port: 8091, maxPayload: 1024 });

server.on('connection', (socket) => {
  let greeted = false;

  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(1003, 'Text only, please');
    const text = data.toString();
    if (text === 'bye') return socket.close(1000, 'Goodbye');
    if (text === 'hello') greeted = true;
    if (!greeted) return socket.close(1008, 'Say hello first');
    socket.send(text);
  });

  // Told for a message that is too long. Without a listener it would end the server.
  socket.on('error', (error) => console.log(error.message));
});
