// `node websocket_server.js` in a terminal of a real lab: what runs then, who is told what, and what its end leaves behind.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { openTerminal, patient, startedWithTerminal } from './terminal-client.fixture.ts';

/** Says its word to each client, and to the console; a message makes it throw. */
const saying = (word: string) => `const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8091 });
console.log('listening ${word}');
wss.on('connection', (ws) => {
  ws.send('${word}');
  ws.on('message', () => { console.error('now'); throw new Error('over ${word}'); });
});`;

async function started(settings: Record<string, string> = {}) {
  const lab = await startedWithTerminal(settings);
  await lab.deploy('one');
  const servers = lab.server.lab.directory.find(lab.sandbox.organization)?.servers;
  if (!servers) throw new Error('no sandbox');
  /** A client through the gateway, when it was greeted. */
  async function client() {
    const socket = new WebSocket(`${lab.own}/one`, { rejectUnauthorized: false });
    onTestFinished(() => socket.terminate());
    const closed = once(socket, 'close').then(([code, reason]) => `${code} ${reason}`.trim());
    const [greeting] = await once(socket, 'message');
    return { socket, closed, greeting: String(greeting) };
  }
  const terminal = () => openTerminal(lab.url, lab.sandbox.token);
  return { ...lab, servers, client, terminal };
}

const run = (file?: string) => ({ type: 'run', line: 'node websocket_server.js', file });

test('the page’s file starts; Ctrl-C ends it as a process dies, and the tutorial’s server answers again', async () => {
  const lab = await started();
  const word = randomUUID();
  const terminal = await lab.terminal();
  terminal.send(run(saying(word)));
  await terminal.until('stdout', `listening ${word}\n`);
  expect(terminal.printed('note')).toMatch(
    /^Your file as it stands in the editor, on port 8091 [\s\S]*runs on\.\n$/,
  );
  const client = await lab.client();
  expect(client.greeting).toBe(word);
  terminal.send({ type: 'signal', signal: 'interrupt' });
  await terminal.exit(130);
  expect(await client.closed).toBe('1006');
  expect(lab.servers.list()).toEqual([]);
  expect((await lab.client()).greeting).toBe('Welcome to the WebSocket server!');
  const events = lab.server.lab.directory.find(lab.sandbox.organization)?.events.kept() ?? [];
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'connection-closed', by: 'target', closeCode: null }),
  );
});

test('it takes the place of what runs, says so in one line, and a program that is replaced ends', async () => {
  const lab = await started();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  expect(await lab.servers.deploy(8091, saying(first))).toBeNull();
  const before = await lab.client();
  const terminal = await lab.terminal();
  terminal.send(run(saying(second)));
  await terminal.until('stdout', second);
  expect(terminal.printed('note')).toContain(
    'The server that runs there is ended, and its clients are told 1012.',
  );
  expect(await before.closed).toBe('1012 The server restarts');
  expect(await lab.servers.deploy(8091, saying(third))).toBeNull();
  await terminal.exit(143);
  expect(terminal.printed('note')).toContain('another start or deployment has taken its port');
  expect((await lab.client()).greeting).toBe(third);
  expect(terminal.printed('stdout')).not.toContain(third);
});

test('without a file of the page the one deployed last starts; a page that leaves lets it run', async () => {
  const lab = await started();
  const word = randomUUID();
  expect(await lab.servers.deploy(8091, saying(word))).toBeNull();
  const terminal = await lab.terminal();
  terminal.send(run());
  await terminal.until('stdout', `listening ${word}\n`);
  expect(terminal.printed('note')).toContain('Your file as you last deployed it');
  const client = await lab.client();
  terminal.socket.close();
  await expect.poll(async () => (await lab.client()).greeting, patient).toBe(word);
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});

test('a crash prints what Node prints of it, its clients are told 1011, and the program ends', async () => {
  const lab = await started();
  const word = randomUUID();
  const terminal = await lab.terminal();
  terminal.send(run(saying(word)));
  await terminal.until('stdout', word);
  const client = await lab.client();
  client.socket.send('go');
  await terminal.exit(1);
  expect(await client.closed).toBe('1011 The server has crashed');
  expect(terminal.printed('stderr')).toMatch(
    new RegExp(
      `^now\nwebsocket_server\\.js:6\n  ws\\.on\\('message', [^\n]+\n +\\^\n\nError: over ${word}\n$`,
    ),
  );
});

test('one that does not start changes nothing, and too many starts are told as such', async () => {
  const lab = await started({ DEPLOYMENTS_PER_MINUTE_PER_SANDBOX: '2' });
  const terminal = await lab.terminal();
  terminal.send(run('let a = 1;\nlet b = ;'));
  await terminal.exit(1);
  expect(terminal.printed('stderr')).toMatch(/^websocket_server\.js:2\nlet b = ;\n {8}\^\n\nSyntaxError: /);
  expect(lab.servers.list()).toEqual([]);
  terminal.messages.length = 0;
  terminal.send(run(saying('x')));
  await terminal.exit(1);
  expect(terminal.printed('note')).toContain('Try again in');
});
