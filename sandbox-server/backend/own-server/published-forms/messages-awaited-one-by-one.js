const { WebSocketServer } = require('ws');
const { on, once } = require('events');

const wss = new WebSocketServer({ port: 8091 });

wss.on('connection', async (ws) => {
  const [hello] = await once(ws, 'message');
  ws.send(`first: ${hello}`);
  let sum = 0;
  for await (const [message] of on(ws, 'message')) {
    if (String(message) === 'end') break;
    sum += Number(message);
    ws.send(`${sum}`);
  }
  ws.close(1000, `sum ${sum}`);
});
