import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { compressedAssets } from './compressed-assets.ts';
import type { LabEnvironment } from './environment.ts';

function site(maxBytes: number, type = 'text/javascript') {
  const text = randomBytes(5_000).toString('hex');
  const read: string[] = [];
  const app = new Hono<LabEnvironment>();
  app.use(compressedAssets(maxBytes));
  app.get('*', (c) => {
    read.push(c.req.path);
    return c.body(text, 200, { 'content-type': type, 'cache-control': 'immutable' });
  });
  const get = (path: string, encoding = 'gzip, deflate, br', headers = {}) =>
    app.request(path, { headers: { 'accept-encoding': encoding, ...headers } });
  return { text, read, get };
}

const unpacked = async (response: Response) => gunzipSync(await response.arrayBuffer()).toString();

test('a hashed file is read and compressed once, and every reader gets all of it with its headers', async () => {
  const { text, read, get } = site(100_000);
  for (let n = 0; n < 3; n += 1) {
    const response = await get('/_astro/a.js');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('cache-control')).toBe('immutable');
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(await unpacked(response)).toBe(text);
  }
  expect(read).toEqual(['/_astro/a.js']);
});

test('readers that come at once all get it', async () => {
  const { text, get } = site(100_000);
  const responses = await Promise.all(Array.from({ length: 10 }, () => get('/_astro/a.js')));
  for (const response of responses) expect(await unpacked(response)).toBe(text);
});

test.each([
  ['who does not take gzip', '/_astro/a.js', 'br', {}],
  ['who refuses gzip', '/_astro/a.js', 'gzip;q=0, br', {}],
  ['who asks for a part', '/_astro/a.js', 'gzip', { range: 'bytes=0-9' }],
  ['a file without a hash', '/index.html', 'gzip', {}],
])('%s is answered as it is', async (_what, path, encoding, headers) => {
  const { text, get } = site(100_000);
  const response = await get(path, encoding, headers);
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(await response.text()).toBe(text);
});

test('what is compressed in itself is left alone', async () => {
  const response = await site(100_000, 'image/png').get('/_astro/a.png');
  expect(response.headers.get('content-encoding')).toBeNull();
});

test('no more is kept than may be, and what is not kept still comes', async () => {
  const { text, read, get } = site(6_000);
  for (const path of ['/_astro/a.js', '/_astro/b.js', '/_astro/b.js'])
    expect(await unpacked(await get(path))).toBe(text);
  expect(read).toEqual(['/_astro/a.js', '/_astro/b.js', '/_astro/b.js']);
});
