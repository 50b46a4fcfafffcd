import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { clientCommand, clientMessages } from './client-command.ts';

const base = 'wss://localhost:9443/maple-heron/sandbox';

test('each client is told as the command that does the same elsewhere', () => {
  const headers = { 'X-A': "it's" };
  expect(clientCommand({ client: 'browser', path: '/a', protocols: ['chat'] }, base)).toBe(
    `new WebSocket('${base}/a', ["chat"])`,
  );
  expect(clientCommand({ client: 'wscat', path: '/a', headers, protocols: ['chat'] }, base)).toBe(
    `npx wscat --no-check -H 'X-A: it'\\''s' -s chat -c ${base}/a`,
  );
  expect(clientCommand({ client: 'websocat', path: '/a?b=1', pingMs: 400 }, base)).toBe(
    `websocat -v --insecure --ping-interval 1 '${base}/a?b=1'`,
  );
  expect(clientCommand({ client: 'websocat', path: '/a', headers }, base)).toBe(
    `websocat -v --insecure -H='X-A: it'\\''s' ${base}/a`,
  );
  expect(clientCommand({ client: 'curl', path: '/a', method: 'POST' }, base)).toBe(
    'curl -i --insecure --http1.1 -X POST https://localhost:9443/maple-heron/sandbox/a',
  );
});

test('what a client says is told, a long message by its length', () => {
  const messages = [{ text: 'hi' }, { text: 'ab', repeat: 600 }, { hex: '00ff' }];
  expect(clientMessages({ client: 'wscat', path: '/a', messages })).toEqual([
    '> hi',
    '> ababab… (1200 characters)',
    '> (binary) 00ff',
  ]);
  expect(clientMessages({ client: 'curl', path: '/a' })).toEqual([]);
});

test.each(['wscat', 'websocat', 'curl', 'curl-http2'] as const)(
  'the command of %s parses in a shell',
  (client) => {
    const command = clientCommand({ client, path: '/a?b=1&c=2', headers: { A: "b' ; $(c)" } }, base);
    expect(spawnSync('bash', ['-n'], { input: command }).status).toBe(0);
  },
);
