// Live checkpoints, with a client that is none of theirs.
import { afterAll, expect, test } from 'vitest';
import { createLabTime } from '../backend/own-server/lab-time.ts';
import { readConfig } from '../config.ts';
import { definition } from '../http/testing.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { LiveCheckpoint } from './checkpoint.ts';
import { CHECKPOINTS } from './checkpoints.ts';
import { openSocket } from './client/socket.ts';
import { createDoor } from './door.ts';
import { labForChecks } from './examined.fixture.ts';

const lab = labForChecks();
const door = createDoor(lab.gateway, readConfig({}));

function live(step: string): LiveCheckpoint {
  const checkpoint = CHECKPOINTS.get(step);
  if (checkpoint?.kind !== 'live') throw new Error(`${step} is not live`);
  return checkpoint;
}

const time = createLabTime();
afterAll(() => time.close());

const verdictOn = (step: string, sandbox: Sandbox) => lab.examiner.examineSandbox(live(step), sandbox);

/** A client says this below the base path, and waits so many milliseconds for the greeting and for one answer; half a second is for where none comes. */
async function say(sandbox: Sandbox, basePath: string, text: string, patience = 20_000): Promise<void> {
  const socket = await openSocket(
    () => door.open(),
    `/${sandbox.name}/sandbox${basePath}`,
    {},
    { signal: AbortSignal.timeout(20_000), time },
  );
  await socket.next(patience);
  socket.send(text);
  await socket.next(patience);
  socket.close();
  await socket.closed();
}

async function deployed(basePath: string, script?: string): Promise<Sandbox> {
  const { sandbox } = lab.directory.create();
  const text = definition({ basePath, ...(script === undefined ? {} : { script }) });
  await sandbox.deploy(basePath.slice(1), text, () => []);
  return sandbox;
}

test('test-upgrade: each condition is told in its turn, and the word makes it pass', async () => {
  const { sandbox: empty } = lab.directory.create();
  expect((await verdictOn('test-upgrade', empty)).tries.at(-1)?.title).toContain('is deployed');

  const sandbox = await deployed('/websocket-upgrade');
  const waiting = await verdictOn('test-upgrade', sandbox);
  expect(waiting.tries.at(-1)?.title).toBe('A client has connected to it');
  const word = waiting.key ?? '';
  expect(word).toMatch(/^hello-[0-9a-f]{8}$/);

  await say(sandbox, '/websocket-upgrade', 'another word');
  expect((await verdictOn('test-upgrade', sandbox)).tries.at(-1)?.title).toBe(`It has sent ${word}`);

  await say(sandbox, '/websocket-upgrade', word);
  expect(await verdictOn('test-upgrade', sandbox)).toMatchObject({ passed: true, key: null });
});

test('test-upgrade: the word on an API whose path only begins alike does not count', async () => {
  const sandbox = await deployed('/websocket-upgrade');
  await sandbox.deploy('other', definition({ basePath: '/websocket-upgrade-2' }), () => []);
  const word = (await verdictOn('test-upgrade', sandbox)).key ?? '';
  await say(sandbox, '/websocket-upgrade-2', word);
  expect((await verdictOn('test-upgrade', sandbox)).tries.at(-1)?.title).toBe('A client has connected to it');
  await say(sandbox, '/websocket-upgrade/?room=1', word);
  expect((await verdictOn('test-upgrade', sandbox)).passed).toBe(true);
});

test('a word passes once: the next check asks for a fresh one, and another sandbox has another', async () => {
  const sandbox = await deployed('/websocket-upgrade');
  const first = (await verdictOn('test-upgrade', sandbox)).key ?? '';
  await say(sandbox, '/websocket-upgrade', first);
  expect((await verdictOn('test-upgrade', sandbox)).passed).toBe(true);
  const again = await verdictOn('test-upgrade', sandbox);
  expect(again.passed).toBe(false);
  expect(again.key).not.toBe(first);
  const other = await deployed('/websocket-upgrade');
  expect((await verdictOn('test-upgrade', other)).key).not.toBe(again.key);
});

test('test-handshake: a connection on which nobody answers does not pass', async () => {
  const script = `const crypto = require('crypto');
const key = context.get('request.headers.Sec-WebSocket-Key');
context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept', crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64'));`;
  const sandbox = await deployed('/websocket-test', script);
  const word = (await verdictOn('test-handshake', sandbox)).key ?? '';
  await say(sandbox, '/websocket-test', word, 500);
  expect((await verdictOn('test-handshake', sandbox)).tries.at(-1)?.title).toBe('An answer has come back');
});

const listens = `const { WebSocketServer } = require('ws');\nconst server = new WebSocketServer({ port: 8091 });\n`;

test('start-server: passes when a server of the reader’s own runs and answers, and not before', async () => {
  const { sandbox } = lab.directory.create();
  expect((await verdictOn('start-server', sandbox)).tries.at(-1)?.received).toBe('none deployed');
  await sandbox.servers.deploy(8091, listens);
  expect((await verdictOn('start-server', sandbox)).tries.at(-1)?.title).toBe(
    'It answers what a client says',
  );
  const answers = `server.on('connection', (socket) => socket.on('message', () => socket.send('hello')));`;
  await sandbox.servers.deploy(8091, `${listens}${answers}`);
  expect((await verdictOn('start-server', sandbox)).passed).toBe(true);
});

test.each([
  ['start-server', 'It answers what a client says'],
  ['deploy-upgrade', 'The server behind it answers'],
])('%s: a server that only greets does not pass, however much it says', async (step, title) => {
  const sandbox = await deployed('/websocket-upgrade');
  const greets = `server.on('connection', (socket) => { for (let n = 0; n < 3; n += 1) socket.send('hello'); });`;
  await sandbox.servers.deploy(8091, `${listens}${greets}`);
  const { tries } = await verdictOn(step, sandbox);
  expect(tries.at(-1)).toMatchObject({ title, passed: false });
  expect(tries.at(-1)?.received).toContain('message: hello\nmessage: hello\nmessage: hello');
});

test.each(['start-server', 'deploy-upgrade'])(
  '%s: what the check does shows in the reader’s console as the lab’s, with another word each time',
  async (step) => {
    const sandbox = await deployed('/websocket-upgrade');
    const tells = `server.on('connection', (socket, request) => {
  console.log(request.headers['user-agent']);
  socket.on('message', (data) => { console.log(String(data)); socket.send(String(data)); });
});`;
    await sandbox.servers.deploy(8091, `${listens}${tells}`);
    for (let time = 0; time < 2; time += 1) expect((await verdictOn(step, sandbox)).passed).toBe(true);
    const console = JSON.stringify(sandbox.events.kept().filter(({ type }) => type === 'server-console'));
    expect(console.match(/the lab's checkpoint/g)).toHaveLength(2);
    const words = console.match(/The lab's checkpoint says [0-9a-f]{8}/g) ?? [];
    expect(new Set(words).size).toBe(2);
  },
);

test('deploy-upgrade: what the lab’s client does leaves nothing in the reader’s log', async () => {
  const sandbox = await deployed('/websocket-upgrade');
  const before = sandbox.events.kept().length;
  expect((await verdictOn('deploy-upgrade', sandbox)).passed).toBe(true);
  const since = sandbox.events.kept().slice(before);
  expect(since.filter(({ connection }) => connection !== null)).toEqual([]);
});
