// A check of the lab's own files that passes wherever the lab is fit: through a thread of servers, one of scripts, the compiler and the gateway.
import type { TrialCheckpoint } from './checkpoint.ts';
import { connected } from './exercises/connected.ts';
import { freshWord } from './exercises/fresh-word.ts';

export const knownGood: TrialCheckpoint = {
  step: 'known-good',
  kind: 'trial',
  files: { 'server.js': 'server', 'handler.js': 'script' },
  async check(examination) {
    const socket = await connected(examination);
    const word = freshWord();
    socket.send(word);
    const answer = await socket.next();
    examination.expect(answer?.text === word, {
      title: 'The word comes back',
      exchange: socket,
      expected: word,
      received: answer?.text ?? 'no message',
      hint: 'The lab is at fault.',
    });
  },
};

export const knownGoodFiles: ReadonlyMap<string, string> = new Map([
  [
    'server.js',
    `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8091 }).on('connection', (socket) => {
  socket.on('message', (data) => socket.send(String(data)));
});`,
  ],
  [
    'handler.js',
    `const crypto = require('crypto');
const key = context.get('request.headers.Sec-WebSocket-Key');
const accept = crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept', accept);`,
  ],
]);
