import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../sandbox-server/gateway/settings.ts';
import { defaultSettings } from './default-settings.ts';
import { SWITCHES, switchName, switchValue } from './switch-names.ts';

test('the page’s defaults are the server’s', () => {
  expect(defaultSettings).toEqual(DEFAULT_SETTINGS);
});

test('every switch of the server has its words, and no other has', () => {
  expect(Object.keys(SWITCHES).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
  expect(() => switchName('http3')).toThrow(/Expected one of/);
});

test.each([
  ['webSocketUpgrade', false, 'off'],
  ['idleTimeoutSeconds', 0, 'off'],
  ['idleTimeoutSeconds', 30, '30 s'],
  ['protocols', ['http', 'wss'], 'http, wss'],
  ['protocols', [], 'none'],
  ['messageMaxBytes', null, 'as it is by default'],
  ['messageMaxBytes', 1023, '1023 bytes'],
] as const)('%s %j reads %s', (name, value, words) => {
  expect(switchValue(name, typeof value === 'object' && value !== null ? [...value] : value)).toBe(words);
});
