import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { unexplained } from './unexplained.ts';

const page = 'http://localhost:4321';
const organization = `maple-${randomBytes(4).toString('hex')}`;
const own = { organization, token: 't', expiresAt: '', apis: [] };
const mine = `ws://localhost:4321/gateway/${organization}/sandbox/a`;
const never = () => Promise.reject(new Error('must not be asked'));

test.each([
  ['forgotten', 'deploy again'],
  ['away', 'does not answer'],
  ['known', 'does not say why'],
] as const)('into a sandbox that is %s, the sentence says: %s', async (standing, words) => {
  expect(await unexplained(mine, page, own, () => Promise.resolve(standing))).toContain(words);
});

test('a URL outside the page’s gateway is told from one within, with the form that works', async () => {
  const port = 1024 + Math.floor(Math.random() * 60_000);
  const secure = await unexplained(
    `wss://localhost:${port}/${organization}/sandbox/a`,
    'http://localhost:80',
    own,
    never,
  );
  expect(secure).toContain(`localhost:${port}`);
  expect(secure).toContain('self-signed');
  expect(secure).toContain('ws://localhost/gateway/');
  const plain = await unexplained(`ws://127.0.0.1:${port}/x`, 'https://lab.example', own, never);
  expect(plain).not.toContain('self-signed');
  expect(plain).toContain('wss://lab.example/gateway/');
});

test('of another organization’s URL the server is not asked', async () => {
  const other = 'ws://localhost:4321/gateway/demo/sandbox/a';
  expect(await unexplained(other, page, own, never)).toContain('does not say why');
  expect(await unexplained(mine, page, null, never)).toContain('does not say why');
});
