const http = require('http');
const { WebSocketServer, WebSocket } = require('ws');

const rooms = new Map();
const server = http.createServer();
const wss = new WebSocketServer({ server });

wss.on('connection', (ws, req) => {
  const room = req.url.replace(/^\//, '').split('?')[0] || 'lobby';
  if (!rooms.has(room)) rooms.set(room, new Set());
  rooms.get(room).add(ws);
  console.log(`joined ${room}`, rooms.get(room).size);

  ws.on('message', (message) => {
    for (const client of rooms.get(room)) {
      if (client.readyState === WebSocket.OPEN) client.send(`[${room}] ${message}`);
    }
  });

  ws.on('close', () => {
    rooms.get(room).delete(ws);
    if (rooms.get(room).size === 0) rooms.delete(room);
    console.log('rooms', [...rooms.keys()]);
  });
});

server.listen(8091, () => console.log('listening'));
