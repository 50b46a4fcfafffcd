const http = require('http');
const { WebSocketServer } = require('ws');

const server = http.createServer((req, res) => res.end('ok'));
const wss = new WebSocketServer({ server, path: '/ws' });

function shutdown(why) {
  console.log('shutting down:', why);
  for (const client of wss.clients) client.close(1001, 'Server is going away');
  wss.close(() => {
    console.log('no more sockets');
    server.close((err) => console.log('server closed', err));
  });
}

process.on('SIGTERM', () => shutdown('SIGTERM'));
wss.on('connection', (ws) =>
  ws.on('message', (m) => (String(m) === 'stop' ? shutdown('asked') : ws.send(m))),
);
server.listen(8091);
