const http = require('http');
const { WebSocketServer } = require('ws');

function parseCookies(header = '') {
  return Object.fromEntries(
    header
      .split(';')
      .filter(Boolean)
      .map((pair) => {
        const [name, ...value] = pair.trim().split('=');
        return [name, decodeURIComponent(value.join('='))];
      }),
  );
}

const sessions = new Map([['abc', { user: 'ann', visits: 0 }]]);
const server = http.createServer((req, res) => {
  res.writeHead(302, 'Moved', { Location: '/elsewhere', 'Set-Cookie': ['a=1', 'b=2'] });
  res.end();
});
const wss = new WebSocketServer({ server });

wss.on('headers', (headers, req) => {
  headers.push('Set-Cookie: seen=yes');
});
wss.on('connection', (ws, req) => {
  const cookies = parseCookies(req.headers.cookie);
  const session = sessions.get(cookies.sid);
  if (!session) return ws.close(4001, 'no session');
  session.visits += 1;
  ws.send(JSON.stringify(session));
  console.log(sessions);
});
server.listen({ port: 8091, host: '0.0.0.0' });
