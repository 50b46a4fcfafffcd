// Clients that come near a good reconnect, and are none: each fails, at the thing that it gets wrong.
import { expect, test } from 'vitest';
import { labForChecks, verdictOn } from '../examined.fixture.ts';

const lab = labForChecks();

interface Ways {
  /** What happens when the connection has ended. */
  onClose?: string;
  onOpen?: string;
  onError?: string;
  /** How `done` is said. */
  say?: string;
}

/** A client that does all right, but for what is given. */
function client({
  onClose = 'setTimeout(connect, pause); pause = Math.min(2 * pause, 400);',
  onOpen = 'pause = 100; send();',
  onError = `socket.on('error', () => {});`,
  say = 'unsent.push(text); send();',
}: Ways): string {
  return `const { WebSocket } = require('ws');
    let socket;
    let pause = 100;
    const unsent = [];
    const send = () => { while (unsent.length > 0 && socket.readyState === WebSocket.OPEN) socket.send(unsent.shift()); };
    const say = (text) => { ${say} };
    function connect() {
      socket = new WebSocket('ws://localhost:8091');
      ${onError}
      socket.onopen = () => { ${onOpen} };
      socket.onmessage = ({ data }) => setTimeout(() => say('done ' + data.split(' ')[1]), 200);
      socket.onclose = () => { ${onClose} };
    }
    connect();`;
}

test('one that gives nothing away passes', async () => {
  expect(await verdictOn(lab, 'reconnect-with-back-off', new Map([['client.js', client({})]]))).toMatchObject(
    { passed: true },
  );
});

test.concurrent.each<[does: string, file: string, fails: RegExp, received?: RegExp]>([
  ['comes back at once', client({ onClose: 'connect();' }), /waits before|longer than/],
  [
    'comes back at once after a success',
    client({ onOpen: 'pause = 0; send();' }),
    /waits before|longer than/,
  ],
  ['never comes back', client({ onClose: 'setInterval(() => {}, 1000);' }), /comes back/],
  ['has ended', client({ onClose: '' }), /comes back/, /nothing left to do/],
  [
    'has no listener for errors',
    client({ onError: '' }),
    /comes back/,
    /script has ended: connect ECONNREFUSED/,
  ],
  ['waits always the same', client({ onClose: 'setTimeout(connect, 400);' }), /longer than the one before/],
  ['waits ever shorter', client({ onClose: 'setTimeout(connect, 3 * pause); pause /= 1.5;' }), /longer than/],
  ['waits ever longer', client({ onOpen: 'send();' }), /begin anew/],
  ['waits too long', client({ onClose: 'setTimeout(connect, pause); pause *= 20;' }), /comes back/],
  [
    'forgets what it could not say',
    client({ say: 'if (socket.readyState === WebSocket.OPEN) socket.send(text);' }),
    /could not say before/,
  ],
  ['says it too early', client({ say: 'socket.send(text);' }), /could not say before|comes back/],
  ['says always the same', client({ say: `unsent.push('done 0'); send();` }), /could not say before/],
  ['does not connect', 'setInterval(() => {}, 1000);', /It connects/],
])('a client that %s fails, and is told why', async (_does, file, fails, received = /./) => {
  const verdict = await verdictOn(lab, 'reconnect-with-back-off', new Map([['client.js', file]]));
  expect(verdict.passed).toBe(false);
  expect(verdict.tries.at(-1)?.title).toMatch(fails);
  expect(verdict.tries.at(-1)?.received).toMatch(received);
  expect(verdict.hint).toMatch(/\.$/);
});

test('one that cannot be parsed is told its line', async () => {
  const verdict = await verdictOn(lab, 'reconnect-with-back-off', new Map([['client.js', '\nlet let;']]));
  expect(verdict).toMatchObject({
    passed: false,
    tries: [{ title: 'client.js deploys', passed: false, received: expect.stringMatching(/^line 2: /) }],
    diagnostics: [{ file: 'client.js', line: 2, severity: 'error' }],
  });
});
