import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { addressKey, clientAddress, pageHost } from './address.ts';
import type { LabEnvironment } from './environment.ts';

async function seen(headers: Record<string, string>, trustProxy: boolean) {
  const app = new Hono<LabEnvironment>();
  app.get('/', (c) => c.json({ address: clientAddress(c, trustProxy), ...pageHost(c, trustProxy) }));
  const response = await app.request('/', { headers });
  return response.json();
}

const forwarded = {
  host: 'inner:4321',
  'x-forwarded-for': '1.2.3.4, 198.51.100.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'lab.example.org',
};

test('without trust, what a proxy would say is only a claim', async () => {
  expect(await seen(forwarded, false)).toEqual({ address: 'unknown', host: 'inner:4321', secure: false });
});

test('a trusted proxy is believed, and only the address that it added itself', async () => {
  expect(await seen(forwarded, true)).toEqual({
    address: '198.51.100.7',
    host: 'lab.example.org',
    secure: true,
  });
});

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:0DB8:1:2::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
