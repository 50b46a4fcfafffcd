// Answers requests in JSON: {"id", "op", "text"} with {"id", "result"}, and whatever is wrong with {"id", "error"}.
const { WebSocketServer } = require('ws');

// A Map knows only what was put in; an object would know `constructor` too.
const operations = new Map([
  ['upper', (text) => text.toUpperCase()],
  ['reverse', (text) => [...text].reverse().join('')],
]);

const server = new WebSocketServer({ port: 8091 });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    socket.send(JSON.stringify(answer(data.toString())));
  });
});

function answer(message) {
  let request;
  try {
    request = JSON.parse(message);
  } catch {
    return { id: null, error: 'This is no JSON.' };
  }
  if (typeof request !== 'object' || request === null) {
    return { id: null, error: 'A request is an object.' };
  }
  const { id = null, op, text } = request;
  const operation = operations.get(op);
  if (!operation) return { id, error: 'The op is upper or reverse.' };
  if (typeof text !== 'string') return { id, error: 'The text is a string.' };
  return { id, result: operation(text) };
}
