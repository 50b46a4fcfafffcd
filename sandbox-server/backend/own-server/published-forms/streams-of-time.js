import WebSocket, { WebSocketServer } from 'ws';

const wss = new WebSocketServer({ port: 8091 });
const started = process.hrtime.bigint();

wss.on('connection', (ws) => {
  let n = 0;
  const id = setInterval(() => {
    if (ws.readyState !== WebSocket.OPEN) return clearInterval(id);
    n += 1;
    ws.send(
      JSON.stringify({ n, late: process.hrtime.bigint() > started, at: typeof performance.now() }),
      () => {
        // Ignore errors.
      },
    );
    if (n === 3) ws.close(1000, new Date(0).toLocaleTimeString('en-US', { timeZone: 'UTC' }));
  }, 1);
  console.log('started client interval');

  ws.on('error', console.error);
  ws.on('close', () => {
    console.log('stopping client interval');
    clearInterval(id);
  });
});
