const { WebSocketServer } = require('ws');

const wss = new WebSocketServer({
  port: 8091,
  handleProtocols(protocols, request) {
    console.log([...protocols], request.url);
    if (protocols.has('json.v2')) return 'json.v2';
    if (protocols.has('json.v1')) return 'json.v1';
    return false;
  },
});

wss.on('connection', (ws) => {
  if (!ws.protocol) {
    ws.close(1002, 'no common subprotocol');
    return;
  }
  ws.send(JSON.stringify({ protocol: ws.protocol }));
});
