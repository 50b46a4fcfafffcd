const http = require('http');
const WebSocket = require('ws');

const todos = [{ id: 1, title: 'learn ws', done: false }];

const readBody = (req) =>
  new Promise((resolve, reject) => {
    let body = '';
    req.on('data', (chunk) => (body += chunk));
    req.on('end', () => resolve(body));
    req.on('error', reject);
  });

const server = http.createServer(async (req, res) => {
  const json = (status, value) => {
    res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
    res.end(JSON.stringify(value));
  };
  if (req.method === 'GET' && req.url === '/todos') return json(200, todos);
  if (req.method === 'POST' && req.url === '/todos') {
    try {
      const todo = { id: todos.length + 1, done: false, ...JSON.parse(await readBody(req)) };
      todos.push(todo);
      wss.clients.forEach(
        (c) => c.readyState === WebSocket.OPEN && c.send(JSON.stringify({ event: 'added', todo })),
      );
      return json(201, todo);
    } catch (e) {
      return json(400, { error: e.message });
    }
  }
  json(404, { error: http.STATUS_CODES[404] });
});

const wss = new WebSocket.Server({ server });
wss.on('connection', (ws) => ws.send(JSON.stringify({ event: 'hello', count: todos.length })));
server.listen(8091);
