// Does jobs: a server says `job <word>`, and gets `done <word>` a moment later, on the next connection if this one has ended by then.
const { WebSocket } = require('ws');

// Milliseconds. Outside an exercise, a second and a minute.
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 400;

let socket;
let pause = FIRST_PAUSE;
// What is not sent yet.
const unsent = [];

function say(text) {
  unsent.push(text);
  sendUnsent();
}

function sendUnsent() {
  while (unsent.length > 0 && socket.readyState === WebSocket.OPEN) {
    socket.send(unsent.shift());
  }
}

function connect() {
  socket = new WebSocket('ws://backend:8091');

  socket.on('open', () => {
    console.log('Connected');
    pause = FIRST_PAUSE;
    sendUnsent();
  });

  socket.on('message', (data) => {
    const [what, word] = data.toString().split(' ');
    if (what !== 'job') return;
    // The work takes a while.
    setTimeout(() => say(`done ${word}`), 200);
  });

  // A refused connection comes here first, and then to close.
  socket.on('error', (error) => console.log(error.message));

  socket.on('close', (code) => {
    // Up to a fifth more, so that many clients do not come back in the same instant.
    const wait = pause * (1 + Math.random() / 5);
    console.log(`Closed with ${code}. Next try in ${Math.round(wait)} ms`);
    setTimeout(connect, wait);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  });
}

connect();
