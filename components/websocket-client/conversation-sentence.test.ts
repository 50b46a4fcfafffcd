import { expect, test } from 'vitest';
import type { ConversationEnd } from './conversation.ts';
import { conversationSentence, type Standing } from './conversation-sentence.ts';

const row = { at: 1, direction: 'received', opcode: 1, length: 1, payload: 'x' } as const;
const told = (change: Partial<Omit<Standing, 'rows'>>, rows: number) =>
  conversationSentence({
    state: 'open',
    dropped: 0,
    protocol: '',
    end: null,
    ...change,
    rows: Array.from({ length: rows }, () => row),
  });
const closed = (end: Partial<ConversationEnd>, rows = 3) =>
  told({ state: 'closed', end: { code: 1000, reason: '', opened: true, ...end } }, rows);

test('counts frames, not the handshake, the dropped ones too', () => {
  expect(told({}, 1)).toBe('Connected: 0 frames.');
  expect(told({}, 2)).toBe('Connected: 1 frame.');
  expect(told({ dropped: 5, protocol: 'chat' }, 1000)).toBe(
    'Connected, subprotocol chat: 1004 frames. The oldest 5 rows are no longer listed.',
  );
});

test('tells an end with its code and reason, one without a close frame, and a refused handshake apart', () => {
  expect(closed({ code: 3001, reason: 'bye' })).toBe('Closed with 3001 (bye), after 2 frames.');
  expect(closed({ code: 1005 })).toBe('Closed, after 2 frames.');
  expect(closed({ code: 1006 })).toBe('Lost without a close frame (1006), after 2 frames.');
  expect(closed({ code: 1006, opened: false }, 0)).toBe('Not connected: the handshake failed.');
});
