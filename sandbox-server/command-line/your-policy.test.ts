// The example of the README: a policy of your own, tested in your own CI.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const FOLDER = 'docs/content/docs/gatewayscript/02-handshake-handler';

function run(script: string, request: string) {
  const args = ['gatewayscript', 'run', `${FOLDER}/${script}`, '--request', `${FOLDER}/${request}`, '--json'];
  return JSON.parse(execFileSync('npx', args, { encoding: 'utf8' }));
}

test('the handler completes the handshake, and keeps every rule of RFC 6455', { timeout: 30_000 }, () => {
  const { response, handshake } = run('handler.js', 'handshake.http');
  expect(response.status).toBe(101);
  expect(response.headers).toContainEqual(['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=']);
  expect(handshake.filter((rule: { passed: boolean }) => !rule.passed)).toEqual([]);
});
