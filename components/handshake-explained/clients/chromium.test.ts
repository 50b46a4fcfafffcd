import { expect, test } from 'vitest';
import { START } from '../presets.ts';
import { chromium } from './chromium.ts';

const offer = { accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', protocols: [], deflate: true };
const answer = (line: string) => START.response.replace('Connection', `${line}\r\nConnection`);

// Each was measured with Chromium 156; e2e/handshake.spec.ts holds more of them against the browser in use.
test.each([
  [
    'permessage-deflate; server_no_context_takeover; server_no_context_takeover',
    'Received duplicate permessage-deflate extension parameter server_no_context_takeover',
  ],
  [
    'permessage-deflate; server_no_context_takeover=1',
    'Received invalid server_no_context_takeover parameter',
  ],
  ['permessage-deflate; client_max_window_bits=7', 'Received invalid client_max_window_bits parameter'],
  ['permessage-deflate; server_max_window_bits', 'Received invalid server_max_window_bits parameter'],
  ['permessage-deflate; server_max_window_bits=09', 'Received invalid server_max_window_bits parameter'],
  ['permessage-deflate; foo', 'Received an unexpected permessage-deflate extension parameter'],
])('of the extension %s it says: %s', (extension, says) => {
  expect(chromium(offer, answer(`Sec-WebSocket-Extensions: ${extension}`))).toEqual({
    rule: 'deflate-parameters',
    says: `Error during WebSocket handshake: Error in permessage-deflate: ${says}`,
  });
});

test.each(['permessage-deflate ;server_max_window_bits=9', 'permessage-deflate; server_max_window_bits="9"'])(
  'it takes %s',
  (extension) => {
    expect(chromium(offer, answer(`Sec-WebSocket-Extensions: ${extension}`))).toBeNull();
  },
);

test('a value that is no UTF-8 leaves it without a word', () => {
  expect(chromium(offer, START.response.replace('websocket', 'websocket\xa0'))).toMatchObject({ says: '' });
});

test('a subprotocol that no constructor takes is never sent', () => {
  expect(chromium({ ...offer, protocols: ['a', 'a', 'a b'] }, START.response)).toMatchObject({
    says: "SyntaxError: Failed to construct 'WebSocket': The subprotocol 'a b' is invalid.",
  });
  expect(chromium({ ...offer, protocols: ['a', 'a'] }, START.response)).toMatchObject({
    says: "SyntaxError: Failed to construct 'WebSocket': The subprotocol 'a' is duplicated.",
  });
});
