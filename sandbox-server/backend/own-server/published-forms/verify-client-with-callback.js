const WebSocket = require('ws');
const url = require('url');

const users = { s3cret: { id: 7, name: 'Ann' } };

const wss = new WebSocket.Server({
  port: 8091,
  verifyClient: (info, cb) => {
    const { query } = url.parse(info.req.url, true);
    const user = users[query.token];
    if (!user) {
      cb(false, 401, 'Unauthorized', { 'X-Why': 'token' });
    } else {
      info.req.user = user;
      setTimeout(() => cb(true), 5);
    }
  },
});

wss.on('connection', (ws, req) => {
  console.log('connected', req.user);
  ws.send('hello ' + req.user.name);
});
