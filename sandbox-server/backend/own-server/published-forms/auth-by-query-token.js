const http = require('http');
const crypto = require('crypto');
const { WebSocketServer } = require('ws');

const SECRET = 'shh';
const sign = (user) => crypto.createHmac('sha256', SECRET).update(user).digest('base64url');

const server = http.createServer((req, res) => {
  const { pathname, searchParams } = new URL(req.url, `http://${req.headers.host}`);
  if (pathname !== '/login') {
    res.statusCode = 404;
    return res.end('Not found');
  }
  const user = searchParams.get('user');
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ token: `${user}.${sign(user)}` }));
});

const wss = new WebSocketServer({ noServer: true });

server.on('upgrade', (req, socket, head) => {
  const token = new URL(req.url, 'http://x').searchParams.get('token') || '';
  const [user, signature = ''] = token.split('.');
  const expected = Buffer.from(sign(user));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) {
    socket.write('HTTP/1.1 401 Unauthorized\r\n\r\n');
    socket.destroy();
    return;
  }
  wss.handleUpgrade(req, socket, head, (ws) => {
    ws.user = user;
    wss.emit('connection', ws, req);
  });
});

wss.on('connection', (ws) => ws.send(`Welcome ${ws.user}`));
server.listen(8091);
