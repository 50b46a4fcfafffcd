const { WebSocketServer } = require('ws');

const wss = new WebSocketServer({ port: 8091, maxPayload: 1024 });

wss.on('connection', (ws) => {
  ws.binaryType = 'arraybuffer';
  ws.on('message', (data, isBinary) => {
    if (!isBinary) return ws.send(data.toString().length);
    const view = new DataView(data);
    console.log(data, view.getUint16(0));
    const answer = Buffer.alloc(4);
    answer.writeUInt32BE(view.getUint16(0) * 2, 0);
    ws.send(answer);
    ws.send(new Uint16Array([1, 2, 3]));
  });
  ws.on('error', (err) => console.log(err.name, err.message, err.code));
  ws.on('close', (code) => console.log('closed', code));
});
