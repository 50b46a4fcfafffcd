const { WebSocketServer } = require('ws');

const LIMIT = 5;
const WINDOW = 60_000;
const wss = new WebSocketServer({ port: 8091 });

wss.on('connection', (ws) => {
  ws.tokens = LIMIT;
  ws.lastRefill = Date.now();

  ws.on('message', (message) => {
    const now = Date.now();
    if (now - ws.lastRefill > WINDOW) {
      ws.tokens = LIMIT;
      ws.lastRefill = now;
    }
    if (ws.tokens-- <= 0) {
      ws.send(JSON.stringify({ error: 'rate limit exceeded' }));
      ws.close(1008, 'Rate limit exceeded');
      return;
    }
    ws.send(`ok ${message} (${ws.tokens} left)`);
  });
});
