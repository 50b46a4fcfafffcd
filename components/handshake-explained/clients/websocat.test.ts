import { expect, test } from 'vitest';
import { parseHead } from '../heads/parse-head.ts';
import { START } from '../presets.ts';
import { websocat } from './websocat.ts';

const verdict = (from: string | RegExp, to: string) =>
  websocat(parseHead(START.request, 'request'), parseHead(START.response.replace(from, to), 'response'));

test.each([
  [
    'a wrong accept value before a missing Upgrade',
    /Upgrade: websocket\r\n(.*)s3p/s,
    '$1xxx',
    'response-accept',
  ],
  ['an Upgrade of more than websocket', 'websocket', 'websocket, h2c', 'response-upgrade'],
  ['a status that is not 101', '101', '404', 'response-status'],
  ['a head that is none', 'Upgrade:', 'Upgrade', 'response-head'],
])('it refuses %s', (_, from, to, rule) => {
  expect(verdict(from, to)).toMatchObject({ outcome: 'refuses', rule });
});

test.each([
  ['Connection', 'Connection: Upgrade\r\n', ''],
  ['a subprotocol', 'Connection', 'Sec-WebSocket-Protocol: any\r\nConnection'],
  ['an extension', 'Connection', 'Sec-WebSocket-Extensions: any\r\nConnection'],
  ['the case of websocket', 'websocket', 'WebSocket'],
])('it does not look at %s', (_, from, to) => {
  expect(verdict(from, to)).toMatchObject({ outcome: 'opens' });
});
