// The tutorial's server file runs unchanged, as a reader runs it: `node websocket_server.js` in a folder where `ws` is installed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { lessonFile } from '../lab/lesson.ts';
import { expect, test } from '../lab/test.ts';

/** Loaded before the file: every listen takes a free port and prints it, so that two test runs never meet on 8091. */
const ANY_FREE_PORT = `
const { Server } = require('node:net');
const { listen } = Server.prototype;
Server.prototype.listen = function (port) {
  this.once('listening', () => console.log('asked for ' + port + ', got ' + this.address().port));
  return listen.call(this, 0, '127.0.0.1');
};`;

test('the server file welcomes, answers in capitals and logs connects, messages and disconnects', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-server-file-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(new URL('../../node_modules/ws', import.meta.url).pathname, join(folder, 'node_modules', 'ws'));
  writeFileSync(join(folder, 'free-port.cjs'), ANY_FREE_PORT);
  writeFileSync(
    join(folder, 'websocket_server.js'),
    lessonFile('websocket-upgrade/02-server-file/websocket_server.js'),
  );

  const server = spawn(process.execPath, ['--require', './free-port.cjs', 'websocket_server.js'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const log = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    const nextLine = async () => String((await log.next()).value);

    let line = await nextLine();
    while (!line.startsWith('asked for')) line = await nextLine();
    const [, asked, port] = /asked for (\d+), got (\d+)/.exec(line) ?? [];
    expect(asked).toBe('8091');

    const word = randomBytes(6).toString('hex');
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    const [welcome] = await once(socket, 'message');
    expect(String(welcome)).toBe('Welcome to the WebSocket server!');
    socket.send(word);
    const [reply] = await once(socket, 'message');
    expect(String(reply)).toBe(`Processed message: ${word.toUpperCase()}`);
    socket.close();

    const lines: string[] = [];
    while (!lines.includes('Client disconnected')) lines.push(await nextLine());
    expect(lines.slice(-3)).toEqual(['Client connected', `Received message: ${word}`, 'Client disconnected']);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
});
