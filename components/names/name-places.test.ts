import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namePieces, withNames } from './name-places.ts';

const names = { gateway: 'api.example.com', organization: 'acme', catalog: 'test', backend: '10.1.2.3:9000' };

test.each([
  [
    'websocat -v --insecure wss://localhost:9443/demo/sandbox/websocket-test',
    'websocat -v --insecure wss://api.example.com/acme/test/websocket-test',
  ],
  ['wss://<gateway>/<provider organization>/<catalog>/chat', 'wss://api.example.com/acme/test/chat'],
  ['wss://<gateway endpoint>/<provider organization>/sandbox/chat', 'wss://api.example.com/acme/test/chat'],
  ['          target-url: http://backend:8091', '          target-url: http://10.1.2.3:9000'],
  ['curl https://localhost:9443/x', 'curl https://api.example.com/x'],
])('%s becomes %s', (before, after) => {
  expect(withNames(before, names)).toBe(after);
});

test.each([
  'npx wscat -c ws://localhost:8091',
  'the sandbox of demo',
  'http://localhost:4321/',
  'wss://localhost:94430/',
  'wss://localhost:9443/demo/sandbox-2',
])('%s has no place for the catalog or backend of the reader', (text) => {
  expect(withNames(text, { catalog: 'CATALOG', backend: 'BACKEND' })).toBe(text);
});

test('the pieces are the text, and without names nothing changes', () => {
  const parts = fc.constantFrom(
    'wss://',
    'localhost:9443',
    '/',
    'demo',
    'sandbox',
    'http://',
    'backend:8091',
    ' ',
    'x',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(
        namePieces(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
      expect(withNames(text, {})).toBe(text);
    }),
  );
});
