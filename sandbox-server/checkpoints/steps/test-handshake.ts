// Step "Test the connection" of approach 2: a client of the reader's own sends a random word over the scripted connection.
import type { LiveCheckpoint } from '../checkpoint.ts';
import { expectTalk } from './talk.ts';

export const testHandshake: LiveCheckpoint = {
  step: 'test-handshake',
  kind: 'live',
  basePath: '/websocket-test',
  asksForWord: true,
  check: (examination) => expectTalk(examination, 'websocket-test'),
};
