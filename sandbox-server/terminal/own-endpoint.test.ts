import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aimAt, type OwnEndpoint } from './own-endpoint.ts';

const own: OwnEndpoint = {
  organization: 'maple-heron',
  catalog: 'sandbox',
  hostnames: new Set(['localhost', '127.0.0.1', '[::1]', 'maple-heron.localhost', 'lab.example.com']),
  port: 9443,
  wss: 'wss://localhost:9443/maple-heron/sandbox',
};
const refusal = (url: string, scheme: 'wss:' | 'https:' = 'wss:') => {
  const aimed = aimAt(url, scheme, own);
  if ('target' in aimed) throw new Error(`${url} is taken for ${JSON.stringify(aimed.target)}`);
  return aimed.refused;
};

test.each([
  ['wss://localhost:9443/maple-heron/sandbox/x?a=1', 'localhost:9443', '/maple-heron/sandbox/x?a=1'],
  ['wss://LOCALHOST:9443/maple-heron/sandbox/x#part', 'localhost:9443', '/maple-heron/sandbox/x'],
  ['wss://127.0.0.1:9443/maple-heron/sandbox', '127.0.0.1:9443', '/maple-heron/sandbox'],
  ['wss://[::1]:9443/maple-heron/sandbox/a/../b', '[::1]:9443', '/maple-heron/sandbox/b'],
  [
    'wss://maple-heron.localhost:9443/maple-heron/sandbox/',
    'maple-heron.localhost:9443',
    '/maple-heron/sandbox/',
  ],
  [
    'wss://lab.example.com:9443/maple-heron/sandbox/%2e%2e/sandbox/y',
    'lab.example.com:9443',
    '/maple-heron/sandbox/y',
  ],
])('%s is the reader’s own', (url, host, path) => {
  expect(aimAt(url, 'wss:', own)).toMatchObject({ target: { host, path, authorization: null } });
});

test('a user in the URL goes as Basic, as both programs send it', () => {
  const [user, password] = ['äb', 'p:w%'].map(encodeURIComponent);
  const aimed = aimAt(`https://${user}:${password}@localhost:9443/maple-heron/sandbox/x`, 'https:', own);
  const value = 'target' in aimed ? aimed.target.authorization : '';
  expect(Buffer.from(String(value).slice('Basic '.length), 'base64').toString('utf8')).toBe('äb:p:w%');
});

test.each([
  ['wss://example.com/maple-heron/sandbox/x', 'example.com is another host'],
  ['wss://localhost:9443@example.com/maple-heron/sandbox', 'another host'],
  ['wss://localhost.:9443/maple-heron/sandbox', 'another host'],
  ['wss://localhost.example.com:9443/maple-heron/sandbox', 'another host'],
  ['wss://other-fox.localhost:9443/maple-heron/sandbox', 'another host'],
  ['wss://[::ffff:10.0.0.1]:9443/maple-heron/sandbox', 'another host'],
  ['wss://169.254.169.254:9443/maple-heron/sandbox', 'another host'],
  ['wss://0x0a.1:9443/maple-heron/sandbox', '10.0.0.1 is another host'],
  ['wss://167772161:9443/maple-heron/sandbox', '10.0.0.1 is another host'],
  ['wss://0.0.0.0:9443/maple-heron/sandbox', 'another host'],
  ['wss://localhost/maple-heron/sandbox', 'not 443'],
  ['wss://localhost:4321/maple-heron/sandbox', 'not 4321'],
  ['ws://localhost:9443/maple-heron/sandbox', 'begins with wss://'],
  ['https://localhost:9443/maple-heron/sandbox', 'begins with wss://'],
  ['file:///etc/passwd', 'begins with wss://'],
  ['localhost:9443/maple-heron/sandbox', 'begins with wss://'],
  ['wss://localhost:9443', 'no organization'],
  ['wss://localhost:9443/demo/sandbox/websocket-upgrade', 'demo is another organization'],
  ['wss://localhost:9443/maple-heron/../demo/sandbox/x', 'demo is another organization'],
  ['wss://localhost:9443/maple-heron/sandbox/%2e%2e/%2e%2e/demo/sandbox', 'demo is another organization'],
  ['wss://localhost:9443/maple-heron/sandbox\\..\\..\\demo', 'backslash'],
  ['wss://localhost:9443/maple-heron%2fsandbox', 'another organization'],
  ['wss://localhost:9443/Maple-Heron/sandbox', 'another organization'],
  ['wss://localhost:9443/maple-heron/test/x', 'catalog sandbox only'],
  ['wss://local\thost:9443/maple-heron/sandbox', 'a space'],
  ['wss://ⓛocalhost:9443/maple-heron/sandbox', 'a space'],
  ['not a url', 'a space'],
  ['nourl', 'no whole URL'],
])('%s is refused, with the reason and what to write', (url, reason) => {
  const sentence = refusal(url);
  expect(sentence).toContain(reason);
  expect(sentence).toContain('Write wss://localhost:9443/maple-heron/sandbox/…');
});

test('a gateway behind port 443 is the same with the port and without', () => {
  for (const port of ['', ':443']) {
    const aimed = aimAt(`wss://localhost${port}/maple-heron/sandbox/x`, 'wss:', { ...own, port: 443 });
    expect(aimed).toMatchObject({ target: { host: 'localhost' } });
  }
});

test('curl is told its own scheme', () => {
  expect(refusal('http://localhost:9443/maple-heron/sandbox', 'https:')).toContain(
    'Write https://localhost:9443/',
  );
});

test('whatever is taken, is below the reader’s own address, and at the gateway’s host and port', () => {
  const part = fc.constantFrom(
    'wss://',
    'https://',
    'localhost',
    '127.0.0.1',
    '2130706433',
    '[::1]',
    'evil.example',
    ':9443',
    ':80',
    '@',
    '/',
    '//',
    '..',
    '.',
    '%2e',
    '%2E%2e',
    '%2f',
    'maple-heron',
    'demo',
    'sandbox',
    '?',
    '#',
    '\\',
    ';',
    '%00',
    'x',
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 10 }), fc.boolean(), (parts, prefixed) => {
      const url = (prefixed ? own.wss : '') + parts.join('');
      const aimed = aimAt(url, 'wss:', own);
      if (!('target' in aimed)) return;
      taken += 1;
      const asked = new URL(aimed.target.path, 'https://gateway');
      expect(`${asked.pathname}/`).toMatch(/^\/maple-heron\/sandbox\//);
      expect(aimed.target.host).toBe(`${aimed.target.hostname}:9443`);
      expect(own.hostnames).toContain(aimed.target.hostname);
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(50);
});
