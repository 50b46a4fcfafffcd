// Step "Test the connection" of approach 1: a client of the reader's own sends a random word through the gateway, and gets it back.
import type { LiveCheckpoint } from '../checkpoint.ts';
import { expectTalk } from './talk.ts';

export const testUpgrade: LiveCheckpoint = {
  step: 'test-upgrade',
  kind: 'live',
  basePath: '/websocket-upgrade',
  asksForWord: true,
  check: (examination) => expectTalk(examination, 'websocket-upgrade'),
};
