import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchErrors } from './match-errors.ts';

const pages = [
  {
    title: '404 instead of 101',
    href: '/a/',
    errors: ['Received unexpected status code (404 Not Found)', 'API not found for requested URI'],
  },
  {
    title: 'GET required',
    href: '/b/',
    errors: ['The GET method is required for WebSocket upgrade.', '0x00b3006b'],
  },
  {
    title: 'Connection missing',
    href: '/c/',
    errors: ["Error during WebSocket handshake: 'Connection' header is missing"],
  },
];
const found = (text: string) => matchErrors(text, pages).map(({ href }) => href);

test.each([
  ['websocat: WebSocketError: WebSocketError: Received unexpected status code (404 Not Found)', '/a/'],
  ['{"httpCode":"404","httpMessage":"Not Found","moreInformation":"API not found for requested URI"}', '/a/'],
  ['apigw: 0X00B3006B the GET method…', '/b/'],
  [
    'WebSocket connection to \'wss://x\' failed: Error during WebSocket handshake: "Connection" header is missing',
    '/c/',
  ],
  ['handshake connection header missing', '/c/'],
])('%s leads to its page first', (text, href) => {
  expect(found(text)[0]).toBe(href);
});

test('nothing that fits is an empty list, an empty text all pages', () => {
  expect(found('the printer is out of paper')).toEqual([]);
  expect(found(' ')).toEqual(['/a/', '/b/', '/c/']);
});

test('whatever stands around an error’s own text, its page is found', () => {
  const around = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(around, around, fc.constantFrom(...pages), (before, after, page) => {
      for (const error of page.errors) expect(found(`${before} ${error} ${after}`)).toContain(page.href);
    }),
  );
});
