import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { siteRoutes } from './site.ts';

const page = `<!doctype html><title>Lab</title><script>theme()</script>${randomBytes(2_000).toString('hex')}`;
const code = `export const a = "${randomBytes(3_000).toString('hex')}";`;
const ready = `/* ${randomBytes(2_000).toString('hex')} */`;
let folder: string;
let site: ReturnType<typeof siteRoutes>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  site = siteRoutes(join(folder, 'dist'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('before the build the page says what to do', async () => {
  const response = await site.request('/');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
});

test('pages that are built after the start are served, and asked again each time', async () => {
  mkdirSync(join(folder, 'dist/_astro'), { recursive: true });
  mkdirSync(join(folder, 'dist/lesson'));
  writeFileSync(join(folder, 'dist/index.html'), page);
  writeFileSync(join(folder, 'dist/lesson/index.html'), page);
  writeFileSync(join(folder, 'dist/404.html'), '<h1>Nothing here</h1><script>theme()</script>');
  writeFileSync(join(folder, 'dist/_astro/a.js'), code);
  writeFileSync(join(folder, 'dist/_astro/b.css'), 'plain');
  writeFileSync(join(folder, 'dist/_astro/b.css.gz'), gzipSync(ready));

  for (const path of ['/', '/lesson/']) {
    const response = await site.request(path);
    expect([response.status, await response.text()]).toEqual([200, page]);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toMatch(
      /script-src 'self' 'wasm-unsafe-eval' 'sha256-/,
    );
  }
});

test('a page that has not changed is 304 without a body', async () => {
  const first = await site.request('/');
  const since = first.headers.get('last-modified') ?? '';
  const again = await site.request('/', { headers: { 'if-modified-since': since } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(again.headers.get('cache-control')).toBe('no-cache');
});

test('what other sites embed is any page’s to load, and asked again within minutes; nothing else is', async () => {
  writeFileSync(join(folder, 'dist/embed.js'), code);
  const response = await site.request('/embed.js', { headers: { origin: 'https://blog.example.com' } });
  expect([response.status, await response.text()]).toEqual([200, code]);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  writeFileSync(join(folder, 'dist/_astro/embed-runner.abc.js'), code);
  for (let n = 0; n < 2; n += 1) {
    const part = await site.request('/_astro/embed-runner.abc.js', {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(part.headers.get('access-control-allow-origin')).toBe('*');
    expect(part.headers.get('cache-control')).toContain('immutable');
  }
  for (const path of ['/', '/_astro/a.js', '/no/embed.js']) {
    expect((await site.request(path)).headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('hashed files are kept for a year, and come compressed', async () => {
  const response = await site.request('/_astro/a.js', { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(code);
});

test('over a socket, the length of a hashed file is that of the bytes that come, from the first reader on', async () => {
  // Shorter than its gzip: with the length of the original, a browser would read a part of the script.
  const short = `import"./${randomBytes(2).toString('hex')}.js";`;
  writeFileSync(join(folder, 'dist', '_astro', 'short.js'), short);
  const server = createAdaptorServer({ fetch: site.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    for (let n = 0; n < 2; n += 1) {
      const response = await fetch(`http://127.0.0.1:${port}/_astro/short.js`, {
        headers: { 'accept-encoding': 'gzip' },
      });
      expect(response.headers.get('content-encoding')).toBe('gzip');
      expect(response.headers.get('content-length')).toBe(String(gzipSync(short).length));
      expect(await response.text()).toBe(short);
    }
  } finally {
    server.close();
  }
});

test('what the build has compressed already is sent as it is', async () => {
  const response = await site.request('/_astro/b.css', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(ready);
});

test('an unknown page is 404 with the site’s own words and the policy of that page', async () => {
  const response = await site.request('/no/such/page/');
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Nothing here');
  expect(response.headers.get('content-security-policy')).toContain('sha256-');
});

test.each([
  '/../secret',
  '/%2e%2e/secret',
  '/..%2fsecret',
  '/_astro/../../secret',
  '/%00',
  '/%ff',
  '//etc/passwd',
])('nothing outside the folder is served: %s', async (path) => {
  writeFileSync(join(folder, 'secret'), 'secret');
  const response = await site.request(path);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('secret');
});
