import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { problemOf, testLab } from './testing.ts';

const foreign = `${randomBytes(5).toString('hex')}.example.org`;
const asked = (lab: ReturnType<typeof testLab>, host: string, path = '/healthz', method = 'GET') =>
  lab.app.request(path, { method, headers: { host } });

test.each(['localhost', 'LOCALHOST:4321', 'lab.localhost:1', '127.0.0.1:80', '127.9.9.9', '[::1]:4321'])(
  'a lab bound to loopback answers to %s',
  async (host) => {
    expect((await asked(testLab(), host)).status).toBe(200);
  },
);

test.each([
  foreign,
  `${foreign}:4321`,
  'localhost.example.org',
  '127.0.0.1.example.org',
  '192.0.2.1',
  'a b',
  '',
])('and not to "%s", so that no name of another site can lead there', async (host) => {
  const lab = testLab();
  const before = lab.directory.count();
  const answer = await asked(lab, host, '/api/sandboxes', 'POST');
  expect(answer.status).toBe(421);
  expect((await problemOf(answer)).code).toBe('foreign-host');
  expect(lab.directory.count()).toBe(before);
});

test.each<Record<string, string>>([
  { PUBLIC_HOST: foreign.toUpperCase() },
  { TRUST_PROXY: 'true' },
  { HOST: '0.0.0.0' },
])('the operator can have it answer to another: %j', async (settings) => {
  expect((await asked(testLab(settings), foreign)).status).toBe(200);
});
