// What stopped a script or a server stands in what came, so that the reader need not guess behind a status.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { labForChecks, verdictOn } from './examined.fixture.ts';

const lab = labForChecks();
const word = () => `w${randomBytes(4).toString('hex')}`;

/** What came in the try that failed. */
async function received(step: string, file: string, text: string): Promise<string> {
  const verdict = await verdictOn(lab, step, new Map([[file, text]]));
  expect(verdict.passed).toBe(false);
  return verdict.tries.at(-1)?.received ?? '';
}

test('a script that throws is told with its message and line', async () => {
  const message = word();
  const came = await received('refuse-without-key', 'handler.js', `\nthrow new TypeError('${message}');`);
  expect(came).toMatch(/^status 500\n\nHTTP\/1\.1 500 /);
  expect(came).toContain('gatewayscript failed: ');
  expect(came).toContain(message);
  expect(came).toMatch(/line 2\b/);
});

test('a script that is no JavaScript is told as such', async () => {
  const came = await received('refuse-without-key', 'handler.js', 'if (true) {');
  expect(came).toMatch(/gatewayscript failed: .*SyntaxError/);
});

test('a server that crashes is told with its message and line', async () => {
  const message = word();
  const came = await received(
    'close-codes',
    'websocket_server.js',
    `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8091 }).on('connection', (socket) => socket.on('message', () => {
  throw new Error('${message}');
}));`,
  );
  expect(came).toMatch(new RegExp(`The script on port 8091 crashed at line 3: .*${message}`));
});

test('what came is said once, and nothing is made up where nothing crashed or failed', async () => {
  const came = await received(
    'install-ws',
    'first_server.js',
    `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8091, verifyClient: () => false });`,
  );
  expect(came).toBe('status 401\nUnauthorized');
});
