const { WebSocketServer } = require('ws');
const util = require('util');

const wss = new WebSocketServer({ port: 8091 });
const nicknames = new WeakMap();

wss.on('connection', (ws, req) => {
  nicknames.set(ws, 'anonymous');
  console.log('%s %s from %s', req.method, req.url, typeof req.socket.remoteAddress);
  ws.on('message', (data) => {
    const text = data.toString('utf8').trim();
    const [command, ...args] = text.split(/\s+/);
    switch (command) {
      case '/nick':
        nicknames.set(ws, args[0]);
        return ws.send(util.format('you are now %s', args[0]));
      case '/who':
        return ws.send(
          [...wss.clients]
            .map((each) => nicknames.get(each))
            .sort()
            .join(', '),
        );
      case '/inspect':
        return ws.send(
          util.inspect({ args, nested: { a: { b: { c: {} } } } }, { depth: 1, breakLength: Infinity }),
        );
      case '/quit':
        return ws.close(1000, 'bye');
      default:
        return ws.send(`${nicknames.get(ws)}: ${text}`);
    }
  });
  ws.once('close', (code, reason) => console.log('left', code, String(reason)));
});
