const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8091 });

const state = { tick: 0, players: {} };

function snapshot() {
  return structuredClone(state);
}

setInterval(() => {
  state.tick += 1;
}, 5).unref();

wss.on('connection', (ws) => {
  const id = `p${Object.keys(state.players).length + 1}`;
  state.players[id] = { x: 0, y: 0 };
  ws.on('message', (buffer) => {
    const [dx, dy] = new Int8Array(buffer.buffer, buffer.byteOffset, buffer.length);
    state.players[id].x += dx;
    state.players[id].y += dy;
    const { players } = snapshot();
    const out = new Float32Array([players[id].x, players[id].y]);
    ws.send(out);
    queueMicrotask(() => ws.send(Buffer.from(JSON.stringify(players)).toString('base64')));
  });
  ws.on('close', () => {
    delete state.players[id];
    console.log(state.players);
  });
});
