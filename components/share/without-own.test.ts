import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withNames } from '../names/name-places.ts';
import type { SharedWork } from './shared-work.ts';
import { withoutOwn } from './without-own.ts';

const word = () => randomBytes(6).toString('hex');
const request = (headerLines: string, path = '/') => ({
  request: { method: 'GET', path, headerLines, body: '' },
});

test('a text that carries the reader’s names carries the lab’s again', () => {
  const names = {
    gateway: `api.${word()}.example.com:8443`,
    organization: word(),
    catalog: word(),
    backend: `${word()}.example.com:81`,
  };
  const script = `// wss://localhost:9443/demo/sandbox/websocket-test
var target = 'http://backend:8091/x';`;
  const mine = withNames(script, names);
  for (const name of Object.values(names)) expect(mine).toContain(name);
  expect(withoutOwn({ script: mine, server: mine, definition: mine }, { names })).toEqual({
    script,
    server: script,
    definition: script,
  });
});

test('hosts go without their ports too, and wherever they stand', () => {
  const [gateway, backend] = [`${word()}.example.com`, `${word()}.example.org`];
  const clean = withoutOwn(
    request(`Host: ${gateway.toUpperCase()}\nOrigin: https://${gateway}:9443\nX-To: ${backend}`),
    {
      names: { gateway: `${gateway}:9443`, backend: `${backend}:81` },
    },
  );
  expect(clean.request?.headerLines).toBe('Host: localhost\nOrigin: https://localhost:9443\nX-To: backend');
});

test('a longer name, and a word that is no name, stay', () => {
  const names = { gateway: 'acme.com', organization: 'get', catalog: 'set' };
  const script = "context.get('set'); // https://notacme.com acme.community my-acme.com";
  expect(withoutOwn({ script }, { names })).toEqual({ script });
});

test('names of this machine are nothing to hide', () => {
  const script = 'wss://localhost:9443/demo/sandbox/a http://127.0.0.1:8091 localhost';
  expect(withoutOwn({ script }, { names: { gateway: 'localhost', backend: '127.0.0.1:8091' } })).toEqual({
    script,
  });
});

test('the token of the sandbox is nowhere in what goes', () => {
  const token = randomBytes(24).toString('base64');
  const work: SharedWork = {
    script: `a ${token} b`,
    definition: token,
    server: `${token}${token}`,
    request: { method: 'POST', path: `/${token}`, headerLines: `X-A: ${token}`, body: token },
  };
  expect(JSON.stringify(withoutOwn(work, { token, names: {} }))).not.toContain(token);
});

test('headers and query parameters that let in lose their values, others keep them', () => {
  const secret = word();
  const lines = ['Authorization', 'Cookie', 'X-IBM-Client-Secret', 'x-api-key'].map(
    (name) => `${name}: ${secret}`,
  );
  const clean = withoutOwn(
    request(
      [...lines, 'X-Other: kept', 'no header', 'Authorization:'].join('\n'),
      `/a?client_id=${secret}&b=kept`,
    ),
    { names: {} },
  );
  expect(JSON.stringify(clean)).not.toContain(secret);
  expect(clean.request?.headerLines).toContain('X-Other: kept\nno header\nAuthorization:');
  expect(clean.request?.path).toContain('b=kept');
});

test('without names and token of one’s own every text goes as it stands', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ unit: 'binary' }), (script, definition) => {
      expect(withoutOwn({ script, definition }, { names: {} })).toEqual({ script, definition });
    }),
  );
});
