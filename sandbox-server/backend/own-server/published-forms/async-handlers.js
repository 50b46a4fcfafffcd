const { WebSocketServer } = require('ws');
const { promisify } = require('util');
const sleep = promisify(setTimeout);

const db = {
  async find(id) {
    await sleep(2);
    if (id === 'bad') throw new Error(`no record ${id}`);
    return { id, at: new Date(0) };
  },
};

const wss = new WebSocketServer({ port: 8091 });
wss.on('connection', async (ws) => {
  ws.on('message', async (data) => {
    try {
      const record = await db.find(data.toString());
      console.log(record);
      ws.send(JSON.stringify(record));
    } catch (err) {
      console.error('failed: %s', err.message);
      ws.send(JSON.stringify({ error: err.message }));
    }
  });
  await Promise.all([sleep(1), sleep(2)]);
  ws.send('ready');
});
