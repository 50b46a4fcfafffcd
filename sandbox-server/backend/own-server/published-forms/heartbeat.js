const { WebSocketServer } = require('ws');

function heartbeat() {
  this.isAlive = true;
}

const wss = new WebSocketServer({ port: 8091 });

wss.on('connection', (ws) => {
  ws.isAlive = true;
  ws.on('error', console.error);
  ws.on('pong', heartbeat);
});

const interval = setInterval(function ping() {
  wss.clients.forEach(function each(ws) {
    if (ws.isAlive === false) {
      console.log('terminating a client that does not answer');
      return ws.terminate();
    }
    ws.isAlive = false;
    ws.ping();
  });
}, 40);

wss.on('close', function close() {
  clearInterval(interval);
});
