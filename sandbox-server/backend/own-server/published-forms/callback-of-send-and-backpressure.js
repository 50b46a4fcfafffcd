const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8091 });

function sendAsync(ws, data) {
  return new Promise((resolve, reject) => {
    ws.send(data, (err) => (err ? reject(err) : resolve()));
  });
}

wss.on('connection', async (ws) => {
  for (let i = 0; i < 5; i++) await sendAsync(ws, `chunk ${i}`);
  console.log('buffered', ws.bufferedAmount);
  ws.on('message', async () => {
    ws.close();
    try {
      await sendAsync(ws, 'too late');
    } catch (error) {
      console.log(error.message);
    }
  });
});
