const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8091 });

const handlers = {
  ping: () => ({ type: 'pong' }),
  add: ({ a, b }) => ({ type: 'sum', value: a + b }),
  when: ({ at }) => ({ type: 'time', text: new Date(at).toISOString(), day: new Date(at).toDateString() }),
};

wss.on('connection', (ws) => {
  ws.on('message', (raw) => {
    let message;
    try {
      message = JSON.parse(raw);
    } catch (e) {
      console.error('Invalid JSON:', e.message);
      return ws.send(JSON.stringify({ type: 'error', error: e.message }));
    }
    const handler = handlers[message.type];
    if (!handler) return ws.send(JSON.stringify({ type: 'error', error: `Unknown type: ${message.type}` }));
    console.log('handling', message);
    ws.send(JSON.stringify(handler(message)));
  });
});
