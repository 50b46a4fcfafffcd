// The lab's `ws` and the real one: the same script in both, the same client of both, and the same is seen and told.
import { once } from 'node:events';
import { expect } from 'vitest';
import { echo, refusalOf, type Talk, testInBoth } from './two-worlds.fixture.ts';

const talks: Record<string, { script: string; talk: Talk }> = {
  'who is connected, and what all of them are sent': {
    script: `const { WebSocketServer, WebSocket } = require('ws');
      const wss = new WebSocketServer({ port: 8091 });
      wss.on('connection', (ws) => ws.on('message', (data) => {
        for (const each of wss.clients) if (each !== ws && each.readyState === WebSocket.OPEN) each.send(data);
        ws.send(\`\${wss.clients.size} \${ws instanceof WebSocket} \${ws.readyState === ws.OPEN} \${ws.url} \${ws.extensions}|\`);
      }));`,
    talk: async (world) => {
      const [a, b] = [world.client(), world.client()];
      await Promise.all([once(a.socket, 'open'), once(b.socket, 'open')]);
      const seen = [await echo(a, 'to b')];
      seen.push(await b.next());
      a.socket.terminate();
      await a.closed;
      return seen;
    },
  },
  'text and bytes, in and out': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws) => ws.on('message', (data, isBinary) => {
        ws.send(\`\${isBinary} \${Buffer.isBuffer(data)} \${data.length} \${data.toString('hex')}\`);
        for (const each of [data, 'ä', 42, new Uint8Array([1, 2]), new Uint16Array([258]).buffer, [3, 4], '', undefined]) ws.send(each);
        ws.send(data, { binary: false });
        try { ws.send({}); } catch (error) { ws.send(error.name); }
      }));`,
    talk: async (world) => {
      const client = world.client();
      const kinds: string[] = [];
      client.socket.on('message', (data, binary) => kinds.push(`${binary} ${Buffer.from(String(data))}`));
      await once(client.socket, 'open');
      client.socket.send('é\u0000\ud83d\ude00');
      client.socket.send(Buffer.from([0, 195, 164, 65]));
      for (let i = 0; i < 22; i += 1) await client.next();
      return kinds;
    },
  },
  'what else may be sent, and what may not': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws) => ws.on('message', () => {
        const values = [new Date(0), 123, -0, NaN, null, undefined, false, true, {}, { a: 1 }, [1, 2], ['a', 300, -1], [], new Uint16Array([258, 1]),
          new DataView(new ArrayBuffer(3)), new Float64Array([1.5]), new String('boxed'), new Map([[1, 2]]), { length: 2, 0: 7 }, 10n, Symbol('x'),
          () => 1, function named() {}, class A {}, { type: 'Buffer', data: [1, 2] }, Object.create(null), /r/, new Error('e'), new (class B {})()];
        for (const value of values) try { ws.send(value); } catch (error) { ws.send(error.name + ' ' + error.code + ' ' + error.message); }
        try { ws.ping({}); } catch (error) { ws.send(error.message); }
        ws.send('end');
      }));`,
    talk: async (world) => {
      const client = world.client();
      const got: string[] = [];
      client.socket.on('message', (data, binary) => got.push(`${binary} ${data}`));
      await once(client.socket, 'open');
      client.socket.send('go');
      while ((await client.next()) !== 'end');
      return got;
    },
  },
  'the handshake that a script sees': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws, request) => {
        const { method, url, httpVersion, headers } = request;
        const id = new URL(url, 'ws://x').searchParams.get('id');
        ws.send(JSON.stringify([method, url, httpVersion, headers['x-mine'], headers.upgrade, id, ws.protocol,
          request.rawHeaders.includes('X-Mine'), typeof request.socket.remoteAddress]));
      });`,
    talk: (world) =>
      world
        .client({ path: '/a/b?id=%C3%A9', protocols: ['one', 'two'], headers: { 'X-Mine': 'yes' } })
        .next(),
  },
  'how a connection ends': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws) => {
        ws.on('close', (code, reason) => console.log('closed', code, Buffer.isBuffer(reason), reason.toString(), ws.readyState));
        ws.on('message', (data) => {
          const [how, ...rest] = JSON.parse(data);
          try { ws[how](...rest); } catch (error) { ws.send(error.name + ' ' + error.message); return; }
          console.log(how, ws.readyState);
          ws.send('too late', (error) => console.log(error.message));
        });
      });`,
    talk: async (world) => {
      const ends: string[] = [];
      for (const how of [['close', 4000, 'mine ä'], ['close'], ['close', 1000], ['terminate']]) {
        const client = world.client();
        await once(client.socket, 'open');
        const lines = world.lines().length;
        client.socket.send(JSON.stringify(how));
        ends.push(await client.closed);
        await expect.poll(() => world.lines().length, { interval: 1 }).toBe(lines + 3);
      }
      const client = world.client();
      await once(client.socket, 'open');
      for (const how of [
        ['close', 1005],
        ['close', 999],
        ['close', 1000, 'x'.repeat(124)],
      ])
        ends.push(await echo(client, JSON.stringify(how)));
      client.socket.close(3333, 'by the client');
      await expect.poll(() => world.lines().at(-1), { interval: 1 }).toContain('3333');
      return ends;
    },
  },
  'pings and pongs': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws) => {
        ws.isAlive = false;
        ws.on('pong', (data) => { ws.isAlive = true; ws.send(\`pong \${data}\`); });
        ws.on('ping', (data) => ws.send(\`ping \${data}\`));
        ws.ping('from server', () => console.log('pinged'));
        try { ws.ping('x'.repeat(126)); } catch (error) { console.log(error.name); }
      });`,
    talk: async (world) => {
      const client = world.client();
      const first = await client.next();
      client.socket.ping('from client');
      return [first, await client.next()];
    },
  },
  'who is let in, decided at once': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091, verifyClient: ({ req, origin, secure }) => {
        req.who = req.headers.authorization;
        return secure === false && origin === undefined && req.who === 'me';
      } }).on('connection', (ws, request) => ws.send(request.who));`,
    talk: async (world) => [
      await world.client({ headers: { authorization: 'me' } }).next(),
      await refusalOf(world.client({ headers: { authorization: 'you' } })),
    ],
  },
  'who is let in, decided later, and how one is refused': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091, verifyClient: (info, done) => setTimeout(() =>
        info.req.url === '/ok' ? done(true) : done(false, 403, 'not you', { 'X-Why': 'because' }), 1),
      }).on('connection', (ws) => ws.send('hello'));`,
    talk: async (world) => [await world.client({ path: '/ok' }).next(), await refusalOf(world.client())],
  },
  'who is sent elsewhere': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091, verifyClient: (info, done) =>
        done(false, 307, 'Elsewhere', { Location: '/other', 'X-Why': 'moved' }) });`,
    talk: async (world) => [await refusalOf(world.client())],
  },
  'the subprotocol that a script chooses, and headers that it adds': {
    script: `const { WebSocketServer, WebSocket } = require('ws');
      const wss = new WebSocketServer({ port: 8091, handleProtocols: (protocols, request) => protocols.has('b') ? 'b' : false });
      wss.on('headers', (headers, request) => { headers.push('X-Added: ' + headers.length + request.url); });
      wss.on('connection', (ws) => ws.send('protocol ' + ws.protocol));`,
    talk: async (world) => {
      const client = world.client({ protocols: ['a', 'b'] });
      const [response] = await once(client.socket, 'upgrade');
      return [
        await client.next(),
        response.headers['x-added'],
        response.headers['sec-websocket-accept']?.length,
      ];
    },
  },
  'a path that a server is for': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091, path: '/chat' }).on('connection', (ws) => ws.send('chat'));`,
    talk: async (world) => [
      await world.client({ path: '/chat?x=1' }).next(),
      await refusalOf(world.client({ path: '/other' })),
    ],
  },
  "the browser's way to listen": {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws) => {
        ws.onmessage = ({ data, type, target }) => ws.send(\`\${type} \${typeof data} \${data} \${target === ws}\`);
        const once = (event) => ws.send('once ' + event.data);
        ws.addEventListener('message', once, { once: true });
        ws.addEventListener('close', ({ code, reason, wasClean }) => console.log(code, reason, wasClean));
        ws.send(\`\${typeof ws.onmessage} \${ws.onclose} \${ws.listenerCount('message')}\`);
      });`,
    talk: async (world) => {
      const client = world.client();
      const seen = [
        await client.next(),
        await echo(client, 'a'),
        await client.next(),
        await echo(client, 'b'),
      ];
      client.socket.close(1000, 'bye');
      await expect.poll(() => world.lines().length, { interval: 1 }).toBe(1);
      return seen;
    },
  },
  'bytes in the form that a script wants': {
    script: `const { WebSocketServer } = require('ws');
      new WebSocketServer({ port: 8091 }).on('connection', (ws) => ws.on('message', (data) => {
        const before = ws.binaryType;
        ws.binaryType = { nodebuffer: 'arraybuffer', arraybuffer: 'fragments', fragments: 'nonsense' }[before];
        ws.send([before, data instanceof ArrayBuffer, Array.isArray(data), Buffer.isBuffer(data)].join());
      }));`,
    talk: async (world) => {
      const client = world.client();
      await once(client.socket, 'open');
      const seen: string[] = [];
      for (const data of ['a', 'b', 'c', 'd'].flatMap((text) => [text, Buffer.from(text)])) {
        client.socket.send(data);
        seen.push(await client.next());
      }
      return seen;
    },
  },
  'a server that closes': {
    script: `const { WebSocketServer, WebSocket } = require('ws');
      const wss = new WebSocketServer({ port: 8091 }, () => console.log('listening'));
      wss.on('close', () => console.log('all gone'));
      wss.on('connection', (ws) => ws.on('message', () => {
        wss.close(() => console.log('closed'));
        console.log(wss.address());
        for (const each of wss.clients) each.close(1001);
      }));`,
    talk: async (world) => {
      const client = world.client();
      await once(client.socket, 'open');
      client.socket.send('close');
      const how = await client.closed;
      await expect.poll(() => world.lines().length, { interval: 1 }).toBe(4);
      return how;
    },
  },
  'timers, promises and digests': {
    script: `const { WebSocketServer } = require('ws');
      const crypto = require('crypto');
      const { EventEmitter, once } = require('events');
      new WebSocketServer({ port: 8091 }).on('connection', async (ws) => {
        const beat = setInterval(() => ws.send('beat'), 1);
        await once(ws, 'message');
        clearInterval(beat);
        setTimeout((a, b) => ws.send(a + b), 1, 'x', 'y').unref();
        process.nextTick(() => ws.send('tick'));
        ws.send(crypto.createHash('sha1').update('a').digest('base64') + crypto.createHmac('sha256', 'key').update('b').digest('hex'));
        ws.send(String(crypto.randomUUID().length + crypto.randomBytes(3).length) + crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')));
        ws.send([1, [2, [3]]].flat(2).toSorted((a, b) => b - a).join() + Object.groupBy([1], () => 'k').k + 'aXa'.replaceAll('a', 'b'));
      });`,
    talk: async (world) => {
      const client = world.client();
      const seen = [await client.next()];
      client.socket.send('go');
      while (seen.at(-1) !== 'xy') {
        const next = await client.next();
        if (next !== 'beat') seen.push(next);
      }
      return seen;
    },
  },
};

testInBoth(talks);
