const { WebSocketServer, WebSocket } = require('ws');
const { randomUUID } = require('crypto');

const wss = new WebSocketServer({ port: 8091 });
const sockets = new Map();

wss.on('connection', (ws) => {
  const id = sockets.size === 0 ? 'first' : randomUUID().replace(/[0-9a-f]/g, 'x');
  sockets.set(id, ws);
  ws.send(JSON.stringify({ id }));
  ws.on('message', (data) => {
    const { to, ...rest } = JSON.parse(data.toString());
    const target = sockets.get(to);
    if (target?.readyState === WebSocket.OPEN) target.send(JSON.stringify({ from: id, ...rest }));
    else ws.send(JSON.stringify({ error: `unknown target ${to}` }));
  });
  ws.addEventListener('close', () => sockets.delete(id));
});
console.log(
  sockets,
  wss.options.port,
  WebSocket.CONNECTING,
  WebSocket.OPEN,
  WebSocket.CLOSING,
  WebSocket.CLOSED,
);
