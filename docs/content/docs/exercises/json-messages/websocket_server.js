// Answers requests in JSON: {"id", "op", "text"} with {"id", "result"}.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const { id, text } = JSON.parse(data.toString());
    socket.send(JSON.stringify({ id, result: text.toUpperCase() }));
  });
});
