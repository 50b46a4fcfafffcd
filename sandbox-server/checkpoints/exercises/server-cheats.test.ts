// Servers that come near what an exercise asks, and do not do it: each fails, at the thing that it gets wrong.
import { describe, expect, test } from 'vitest';
import { labForChecks, verdictOn } from '../examined.fixture.ts';

const lab = labForChecks();

/** A server whose clients find this. */
const server = (body: string, options = '') => `const { WebSocket, WebSocketServer } = require('ws');
const server = new WebSocketServer({ port: 8091, ${options} });
${body}`;
const onMessage = (body: string, options = '') =>
  server(
    `server.on('connection', (socket) => socket.on('message', (data, isBinary) => { ${body} }));`,
    options,
  );
const beating = (each: string, more = '') =>
  server(`server.on('connection', (socket) => {
    socket.isAlive = true;
    socket.on('pong', () => { socket.isAlive = true; });
    socket.on('message', (data) => socket.send(data.toString()));
    ${more}
  });
  setInterval(() => { for (const client of server.clients) { ${each} } }, 100);`);
const closing = (body: string, options = 'maxPayload: 1024') =>
  server(
    `server.on('connection', (socket) => {
      let greeted = false;
      socket.on('error', () => {});
      socket.on('message', (data, isBinary) => {
        const text = data.toString();
        ${body}
        if (isBinary) return socket.close(1003, 'Text only');
        if (text === 'bye') return socket.close(1000, 'Goodbye');
        if (text === 'hello') greeted = true;
        if (!greeted) return socket.close(1008, 'Say hello first');
        socket.send(text);
      });
    });`,
    options,
  );

/** By exercise: what the server does, its file, and the title of what fails. */
const cheats: Record<string, [does: string, file: string, fails: RegExp][]> = {
  'json-messages': [
    ['always says the same', onMessage(`socket.send('{"id":7,"result":"ABC"}')`), /op upper is answered/],
    [
      'does the same for every op',
      onMessage(
        'const { id, text } = JSON.parse(data); socket.send(JSON.stringify({ id, result: text.toUpperCase() }))',
      ),
      /op reverse is answered/,
    ],
    [
      'ends the connection at what is no JSON',
      onMessage(`try {
        const { id, op, text } = JSON.parse(data);
        socket.send(JSON.stringify({ id, result: op === 'upper' ? text.toUpperCase() : [...text].reverse().join('') }));
      } catch { socket.close(1007); }`),
      /no JSON is answered/,
    ],
    [
      'takes what every object has for an op',
      onMessage(`const ops = { upper: (t) => t.toUpperCase(), reverse: (t) => [...t].reverse().join('') };
        let id = null;
        try {
          const request = JSON.parse(data);
          id = request?.id ?? null;
          socket.send(JSON.stringify({ id, result: ops[request.op](request.text) }));
        } catch (error) { socket.send(JSON.stringify({ id, error: error.message })); }`),
      /op constructor/,
    ],
  ],
  broadcast: [
    ['sends back only', onMessage('socket.send(data, { binary: isBinary })'), /comes to the second client/],
    [
      'sends to the one that spoke as well',
      onMessage('for (const each of server.clients) each.send(data, { binary: isBinary })'),
      /not its own words/,
    ],
    [
      'makes bytes of text',
      onMessage('for (const each of server.clients) if (each !== socket) each.send(data)'),
      /comes to the second client/,
    ],
    [
      'makes text of bytes',
      onMessage('for (const each of server.clients) if (each !== socket) each.send(data.toString())'),
      /as a binary message/,
    ],
    [
      'sends to one other only',
      onMessage(`const other = [...server.clients].find((each) => each !== socket);
        other?.send(data, { binary: isBinary })`),
      /comes to the third client/,
    ],
    [
      'waits for a client before it sends to the next',
      server(`let queue = Promise.resolve();
        server.on('connection', (socket) => socket.on('message', (data, isBinary) => {
          for (const each of server.clients) if (each !== socket) queue = queue.then(() =>
            new Promise((done) => each.send(data, { binary: isBinary }, done)));
        }));`),
      /does not read/,
    ],
    [
      'tells newcomers what was said before',
      server(`const said = [];
        server.on('connection', (socket) => {
          for (const [data, isBinary] of said) socket.send(data, { binary: isBinary });
          socket.on('message', (data, isBinary) => {
            said.push([data, isBinary]);
            for (const each of server.clients) if (each !== socket) each.send(data, { binary: isBinary });
          });
        });`),
      /came later/,
    ],
  ],
  'dead-peers': [
    ['ends everybody', beating('client.ping(); setTimeout(() => client.terminate(), 50);'), /still served/],
    ['pings and ends nobody', beating('client.ping();'), /is ended$/],
    [
      'closes, and waits for an answer',
      beating('if (!client.isAlive) client.close(); else { client.isAlive = false; client.ping(); }'),
      /without a close frame/,
    ],
    ['ends without a ping', beating('', `setTimeout(() => socket.terminate(), 300);`), /is pinged/],
  ],
  'close-codes': [
    [
      'closes with 1000 at whatever comes',
      closing(`if (text !== 'hello' && !text.endsWith('xx')) return socket.close(1000, 'Goodbye');`),
      /sends bytes/,
    ],
    [
      'closes with another code',
      closing(`if (text === 'bye') return socket.close(4000, 'Goodbye');`),
      /says bye/,
    ],
    ['gives no reason', closing(`if (text === 'bye') return socket.close(1000);`), /the close says why/],
    ['takes what is no hello', closing('greeted = true;'), /does not say hello/],
    ['serves long messages', closing('', ''), /of fewer characters/],
    [
      'counts characters',
      closing(`if (text.length > 1024) return socket.close(1009, 'Too long');`, ''),
      /of fewer characters/,
    ],
    [
      'has no listener for errors, and is no more after the first',
      onMessage(
        `const text = data.toString();
        if (isBinary) return socket.close(1003, 'Text only');
        if (text === 'bye') return socket.close(1000, 'Goodbye');
        if (text === 'hello') socket.greeted = true;
        if (!socket.greeted) return socket.close(1008, 'Say hello first');
        socket.send(text);`,
        'maxPayload: 1024',
      ),
      /fewer characters|Another client is served/,
    ],
  ],
  'request-in-connection': [
    [
      'greets everybody alike',
      server(`server.on('connection', (s) => s.send('Hello, stranger!'));`),
      /name in the query/,
    ],
    [
      'does not decode',
      server(
        `server.on('connection', (s, { url }) => s.send('Hello, ' + /name=([^&]*)/.exec(url)?.[1] + '!'));`,
      ),
      /name in the query/,
    ],
    [
      'has one name for all',
      server(`let name;
        server.on('connection', (socket, { url, headers }) => {
          name = new URL(url, 'ws://x').searchParams.get('name') ?? headers['x-name'] ?? 'stranger';
          socket.send('Hello, ' + name + '!');
          socket.on('message', (data) => socket.send(name + ': ' + data));
        });`),
      /comes back with the name/,
    ],
  ],
};

for (const [step, files] of Object.entries(cheats))
  describe(step, () => {
    test.concurrent.each(files)('a server that %s fails, and is told why', async (_does, file, fails) => {
      const verdict = await verdictOn(lab, step, new Map([['websocket_server.js', file]]));
      expect(verdict.diagnostics).toEqual([]);
      expect(verdict.passed).toBe(false);
      expect(verdict.tries.at(-1)?.title).toMatch(fails);
      expect(verdict.hint).toMatch(/\.$/);
    });
  });
