// Does jobs: a server says `job <word>`, and gets `done <word>` a moment later.
const { WebSocket } = require('ws');

function connect() {
  const socket = new WebSocket('ws://backend:8091');

  socket.on('open', () => console.log('Connected'));

  socket.on('message', (data) => {
    const [what, word] = data.toString().split(' ');
    if (what !== 'job') return;
    // The work takes a while.
    setTimeout(() => socket.send(`done ${word}`), 200);
  });

  socket.on('error', (error) => console.log(error.message));

  socket.on('close', (code) => {
    console.log(`Closed with ${code}`);
    connect();
  });
}

connect();
