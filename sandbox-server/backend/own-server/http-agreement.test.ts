// The HTTP server of a learner's script and Node's own: the same requests and upgrades, and the same is answered and told.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { expect } from 'vitest';
import { echo, refusalOf, type Talk, testInBoth } from './two-worlds.fixture.ts';

const word = () => randomBytes(4).toString('hex');
const said = word();

const talks: Record<string, { script: string; talk: Talk }> = {
  'a WebSocketServer on an HTTP server, which answers plain requests itself': {
    script: `const http = require('http');
      const WebSocket = require('ws');
      const server = http.createServer((req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/plain', 'X-Made': req.url });
        res.end('${said} ' + req.method + ' ' + req.headers['x-mine']);
      });
      const wss = new WebSocket.Server({ server });
      wss.on('listening', () => console.log('wss listens'));
      wss.on('connection', (ws, req) => { ws.on('message', (m) => ws.send(req.url + m)); });
      server.listen(8091, '0.0.0.0', () => console.log('listening', server.listening, typeof server.address().port));`,
    talk: async (world) => [
      await world.fetch({ path: '/a?b=1', headers: { 'X-Mine': 'yes' } }),
      await world.fetch({ path: '/c', method: 'DELETE' }),
      await open(world, '/ws', 'hello'),
    ],
  },
  'upgrades that a script takes by their path, and refuses by hand': {
    script: `const { createServer } = require('node:http');
      const { WebSocketServer } = require('ws');
      const server = createServer();
      const [one, two] = [new WebSocketServer({ noServer: true }), new WebSocketServer({ noServer: true })];
      one.on('connection', (ws, request, client) => ws.send('one ' + client + (request.mine ?? '')));
      two.on('connection', (ws) => ws.on('message', (m) => ws.send('two ' + m + two.clients.size + one.clients.size)));
      function onSocketError(error) { console.error(error); }
      server.on('upgrade', async function (request, socket, head) {
        socket.on('error', onSocketError);
        const { pathname, searchParams } = new URL(request.url, 'ws://x');
        await null;
        if (searchParams.get('token') !== '${said}') {
          socket.write('HTTP/1.1 401 Unauthorized\\r\\nX-Why: no token\\r\\n\\r\\n');
          return socket.destroy();
        }
        socket.removeListener('error', onSocketError);
        request.mine = ' mine';
        if (pathname === '/one') one.handleUpgrade(request, socket, head, (ws) => one.emit('connection', ws, request, 'you'));
        else if (pathname === '/two') two.handleUpgrade(request, socket, head, (ws, req) => two.emit('connection', ws, req === request && req));
        else socket.end('HTTP/1.1 404 Not Found\\r\\nContent-Length: 5\\r\\nConnection: close\\r\\n\\r\\nno ws');
        try { one.address(); } catch (error) { console.log(error.message); }
      });
      server.listen(process.env.PORT || 8080);`,
    talk: async (world) => [
      await world.client({ path: `/one?token=${said}` }).next(),
      await open(world, `/two?token=${said}`, 'x'),
      await refusalOf(world.client({ path: '/one' })),
      await refusalOf(world.client({ path: `/three?token=${said}` })),
    ],
  },
  'a body that a script reads, and one that it writes piece by piece': {
    script: `const http = require('http');
      http.createServer(async (req, res) => {
        if (req.url === '/await') { let all = ''; for await (const piece of req) all += piece; return res.end(all + req.complete); }
        const chunks = [];
        req.on('data', (chunk) => chunks.push(chunk));
        req.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          res.statusCode = 201;
          res.statusMessage = 'Made ' + text.length;
          res.setHeader('Content-Type', 'application/json');
          console.log(res.getHeader('content-type'), res.hasHeader('x'), res.headersSent);
          res.write('{"got":');
          res.write(Buffer.from(JSON.stringify(text)));
          res.end('}', () => console.log('ended', res.writableFinished));
          console.log(res.headersSent, res.writableEnded);
          try { res.setHeader('a', 'b'); } catch (error) { console.log(error.message, error.code); }
        });
      }).listen({ port: 8091 });`,
    talk: async (world) => [
      await world.fetch({ method: 'POST', body: `ä${said}` }),
      await world.fetch({ path: '/await', method: 'PUT', body: said.repeat(5_000) }),
      await world.fetch(),
    ],
  },
  'answers that cannot be': {
    script: `const http = require('http');
      http.createServer((req, res) => {
        const tries = [() => res.setHeader('x', undefined), () => res.writeHead(99), () => res.write(5), () => res.write(null)];
        const seen = tries.map((each) => { try { each(); return 'done'; } catch (error) { return error.name + error.code + error.message; } });
        res.removeHeader('x');
        res.end(seen.join());
      }).listen(8091);`,
    talk: async (world) => [await world.fetch()],
  },
  'an upgrade that no WebSocketServer waits for is a request like any other': {
    script: `const http = require('http');
      http.createServer((req, res) => { res.setHeader('X-Why', req.headers.upgrade); res.writeHead(404); res.end('none'); }).listen(8091);`,
    talk: async (world) => [await refusalOf(world.client())],
  },
  'a path that is not the server’s, a handshake with faults, and a verifyClient': {
    script: `const server = require('http').createServer();
      const { WebSocketServer } = require('ws');
      class Own extends WebSocketServer { shouldHandle(request) { return request.url !== '/never' && super.shouldHandle(request); } }
      const wss = new Own({ server, path: '/ws', verifyClient: ({ req }, done) => {
        console.log('asked', req.url); req.user = 'u'; setTimeout(() => done(req.url !== '/ws?no', 403, 'no'), 1); } });
      wss.on('connection', (ws, { user }) => ws.send(user));
      server.listen(8091);`,
    talk: async (world) => [
      await world.client({ path: '/ws' }).next(),
      await refusalOf(world.client({ path: '/ws?no' })),
      await refusalOf(world.client({ path: '/other' })),
      await refusalOf(world.client({ path: '/never' })),
      await world.fetch({
        path: '/ws',
        headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
      }),
    ],
  },
  'a class of the script’s own for its clients': {
    script: `const { WebSocketServer, WebSocket } = require('ws');
      class Mine extends WebSocket { greet(text) { this.send(text + (this instanceof Mine) + (this instanceof WebSocket)); } }
      const server = require('http').createServer();
      new WebSocketServer({ server, WebSocket: Mine }).on('connection', (ws) => ws.greet('${said} '));
      server.listen(8091);`,
    talk: async (world) => [await world.client().next()],
  },
  'how both servers close': {
    script: `const server = require('http').createServer((req, res) => res.end('x'));
      const { WebSocketServer } = require('ws');
      const wss = new WebSocketServer({ server });
      server.on('close', () => console.log('http closed'));
      wss.on('close', () => console.log('ws closed'));
      wss.on('connection', (ws) => ws.on('message', () => {
        wss.close(() => { console.log('ws callback', wss.address()); wss.close((error) => console.log(error.message));
          server.close((error) => console.log('http callback', error, server.listening, server.address())); });
        for (const each of wss.clients) each.close(1001, 'bye');
      }));
      server.listen(8091);`,
    talk: async (world) => {
      const client = world.client();
      await once(client.socket, 'open');
      client.socket.send('close');
      const how = await client.closed;
      await expect.poll(() => world.lines().length, { interval: 1 }).toBe(6);
      return how;
    },
  },
};

async function open(world: Parameters<Talk>[0], path: string, text: string): Promise<string> {
  const client = world.client({ path });
  await once(client.socket, 'open');
  return echo(client, text);
}

testInBoth(talks);
