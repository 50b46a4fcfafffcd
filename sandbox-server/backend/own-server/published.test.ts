// The tutorial's server file runs unchanged, and so does the way in which it was first published.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testPool, testServers } from './own-server.fixture.ts';

const lesson = readFileSync(
  new URL('../../../docs/content/docs/websocket-upgrade/02-server-file/websocket_server.js', import.meta.url),
  'utf8',
);

/** `WebSocket.Server`, and a message that becomes text by itself. */
const asPublished = `
const WebSocket = require('ws');
const server = new WebSocket.Server({ port: 8091 });
server.on('connection', (socket) => {
  console.log('Client connected');
  socket.send('Welcome to the WebSocket server!');
  socket.on('message', (message) => {
    console.log(\`Received message: \${message}\`);
    const processedMessage = \`Processed message: \${message.toString().toUpperCase()}\`;
    socket.send(processedMessage);
  });
  socket.on('close', () => {
    console.log('Client disconnected');
  });
});`;

const asModule = lesson.replace(
  "const { WebSocketServer } = require('ws');",
  "import { WebSocketServer } from 'ws';",
);

describe.each([
  ['the server file of the lesson', lesson],
  ['the server file as it was published', asPublished],
  ['the server file as a module', asModule],
])('%s', (_name, script) => {
  it('greets, answers any text in upper case, and tells its console what it does', async () => {
    const lab = testServers(testPool({ SERVER_CONSOLE_LINES_PER_SECOND: '10000' }).pool);
    await lab.deploy(script);
    const client = lab.client();
    expect(await client.next()).toBe('Welcome to the WebSocket server!');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        client.socket.send(text);
        expect(await client.next()).toBe(`Processed message: ${text.toUpperCase()}`);
        await lab.until(() => lab.lines().at(-1) === `log Received message: ${text}`);
      }),
      { numRuns: 50 },
    );
    client.socket.close(1000);
    await lab.until(() => lab.lines().at(-1) === 'log Client disconnected');
    expect(lab.lines()[0]).toBe('log Client connected');
  });
});

it('a message of the greatest size is answered', async () => {
  const lab = testServers(testPool().pool);
  await lab.deploy(lesson);
  const client = lab.client();
  await client.next();
  const text = 'aé'.repeat(340_000);
  client.socket.send(text);
  expect(await client.next()).toBe(`Processed message: ${text.toUpperCase()}`);
});

it('a message beyond that ends the connection with 1009, and the script, which has no listener for errors, with it, as in Node', async () => {
  const lab = testServers(testPool({ SERVER_MESSAGE_MAX_BYTES: '1000' }).pool);
  await lab.deploy(lesson);
  const client = lab.client();
  await client.next();
  client.socket.send('a'.repeat(1_001));
  expect(await client.closed).toMatch(/^1009/);
  await lab.until(() => lab.crashes().length === 1);
  expect(lab.crashes()[0]?.message).toBe(
    "RangeError: Max payload size exceeded (and the socket has no listener for 'error')",
  );
});
