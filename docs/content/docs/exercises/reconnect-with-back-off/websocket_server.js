// Gives each client a job, and seldom stays long enough to hear that it is done. Now and then it lets nobody in for a while.
const { WebSocketServer } = require('ws');

let open = true;

const server = new WebSocketServer({
  port: 8091,
  verifyClient: (_info, answer) => answer(open, 503, 'Closed for a moment'),
});

server.on('connection', (socket) => {
  const word = Math.random().toString(36).slice(2, 8);
  console.log(`Gives job ${word}`);
  socket.send(`job ${word}`);
  socket.on('message', (data) => console.log(`Hears: ${data}`));
  setTimeout(() => socket.terminate(), Math.random() * 2000);
});

setInterval(() => {
  open = Math.random() < 0.5;
  console.log(open ? 'Lets clients in' : 'Lets nobody in');
}, 3000);
