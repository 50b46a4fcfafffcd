// The command line as a CI uses it: a file in, a report or JSON out, and an exit code to rely on.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runResultSchema } from '../http/run-result.ts';
import { type CommandFolder, createCommandFolder } from './command.fixture.ts';

const HANDLER = `const crypto = require('crypto');
const key = context.get('request.headers.Sec-WebSocket-Key');
console.info('key %s', key);
context.set('message.headers.Sec-WebSocket-Accept',
  crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64'));
context.message.statusCode = 101;`;

const acceptFor = (key: string) =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
const handshake = (key: string) =>
  `GET /demo/sandbox/x HTTP/1.1\nHost: localhost\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: ${key}\n`;

let folder: CommandFolder;
beforeAll(async () => {
  folder = await createCommandFolder();
  await folder.write('handler.js', HANDLER);
});
afterAll(() => folder.remove());

const LIMIT = { timeout: 60_000 };

describe('gatewayscript run', LIMIT, () => {
  test('prints the response of a handshake in a file, its console with lines, and the rules; ends with 0', async () => {
    const key = randomBytes(16).toString('base64');
    await folder.write('handshake.http', handshake(key));
    const { code, stdout, stderr } = await folder.run(['run', 'handler.js', '--request', 'handshake.http']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^HTTP\/1\.1 101 Switching Protocols\n/);
    expect(stdout).toContain(`\nSec-WebSocket-Accept: ${acceptFor(key)}\n`);
    expect(stdout).toContain(`  handler.js:3 info: key ${key}\n`);
    expect(stdout).toMatch(/RFC 6455: (\d+) of \1 rules kept/);
  });

  test('prints with --json what POST /api/runs answers, for a handshake with a key of its own', async () => {
    const runs = await Promise.all([1, 2].map(() => folder.run(['run', 'handler.js', '--json'])));
    const keys = runs.map(({ code, stdout }) => {
      expect(code).toBe(0);
      const answer = runResultSchema.strict().parse(JSON.parse(stdout));
      const key = String(answer.trace[0]?.value);
      expect(Object.fromEntries(answer.response.headers)['Sec-WebSocket-Accept']).toBe(acceptFor(key));
      expect(answer.handshake.every(({ passed }) => passed)).toBe(true);
      return key;
    });
    expect(new Set(keys).size).toBe(2);
  });

  test('takes variables, answers for urlopen and a parsed body from files, in the shapes of the HTTP interface', async () => {
    const [app, id] = [randomBytes(4).toString('hex'), randomBytes(4).toString('hex')];
    await folder.write(
      'given.js',
      `require('urlopen').open('http://orders:3000/1', (error, response) => {
        if (error) throw error;
        response.readAsJSON((failed, order) => console.info('%s %s %s', context.get('client.app.name'), context.get('message.body.id'), order.total));
      });`,
    );
    await folder.write(
      'post.http',
      `POST /demo HTTP/1.1\nHost: localhost\nContent-Type: application/json\n\n{"id":"${id}"}`,
    );
    await folder.write('variables.json', JSON.stringify({ client: { app: { name: app } } }));
    await folder.write(
      'answers.json',
      JSON.stringify([{ target: 'http://orders:3000/1', body: '{"total":7}' }]),
    );
    const files = [
      '--request',
      'post.http',
      '--variables',
      'variables.json',
      '--urlopen',
      'answers.json',
      '--parsed',
    ];
    const { code, stdout, stderr } = await folder.run(['run', 'given.js', ...files]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`info: ${app} ${id} 7`);
  });

  test.each([
    ['--variables', '{"request": {}}', 'request and message come from'],
    ['--variables', '[', 'is not JSON'],
    ['--urlopen', '[{"target": "ftp://x"}]', '[0].target'],
    ['--urlopen', '[{"target": "http://x", "stat": 1}]', 'stat'],
  ])(
    'a file for %s that holds %s is told with its name and member, and ends with 2',
    async (option, text, sentence) => {
      await folder.write('wrong.json', text);
      const { code, stdout, stderr } = await folder.run(['run', 'handler.js', option, 'wrong.json']);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('wrong.json');
      expect(stderr).toContain(sentence);
    },
  );

  test('prints with --log the console as DataPower logs it', async () => {
    const { code, stdout } = await folder.run(['run', 'handler.js', '--log']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\n {2}\d{8}T\d{6}\.\d{3}Z \[apiconnect\]\[0x8580005c\]\[gatewayscript-user\]\[info\] .*: key /,
    );
    expect(stdout).not.toContain('handler.js:3 info');
  });

  test('gives the script its properties, and lets lab-echo act as in an API', async () => {
    await folder.write('echo.js', `${HANDLER}\nconsole.log('%s', context.get('api.properties.greeting'));`);
    const greeting = randomBytes(6).toString('hex');
    const args = ['run', 'echo.js', '--property', `greeting=${greeting}`, '--property', 'lab-echo=none'];
    const { code, stdout } = await folder.run(args);
    expect(code).toBe(0);
    expect(stdout).toContain(`log: ${greeting}`);
    expect(stdout).toMatch(/FAILED {2}§4\.2\.2 response-upgrade/);
  });

  test.each([
    ['throw', '\n  null.length;', 'broken.js:2:7 threw: TypeError: '],
    ['are not GatewayScript', 'const a = b?.c;', 'broken.js:1:11 syntax-error: SyntaxError: '],
    [
      'reject',
      `context.reject('OrderError', 'no such order')`,
      'broken.js:1:15 rejected: OrderError: no such order',
    ],
    ['never end', 'let n = 0;\nfor (;;) { n = Math.max(n, 1); }', 'broken.js:2:'],
  ])('of scripts that %s ends with 1 and tells the place', async (_what, script, place) => {
    await folder.write('broken.js', script);
    const { code, stdout } = await folder.run(['run', 'broken.js']);
    expect(code).toBe(1);
    expect(stdout).toContain(`\n${place}`);
    expect(stdout).toContain('HTTP/1.1 500 ');
  });

  test('does not let a script command the terminal', async () => {
    await folder.write('escape.js', `console.log('\\u001b]0;title\\u0007 \\u009b2J')`);
    const { stdout } = await folder.run(['run', 'escape.js']);
    expect(stdout).toContain('\\x1b]0;title\\x07 \\x9b2J');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('a command that cannot be understood', LIMIT, () => {
  test.each([
    [['run', 'missing.js'], {}, 'missing.js cannot be read: there is no such file.'],
    [['run', '.'], {}, '. cannot be read: it is a folder.'],
    [['run', 'latin1.js'], {}, 'latin1.js is not UTF-8'],
    [['run', 'handler.js', '--request', 'bad.http'], {}, 'bad.http:2: a header is "Name: value"'],
    [['serve'], {}, 'There is no command "serve"'],
    [['run', 'handler.js'], { SCRIPT_DEADLINE_MS: 'soon' }, 'SCRIPT_DEADLINE_MS'],
  ])('%j ends with 2 and one sentence, no stack', async (args, env, sentence) => {
    await folder.write('latin1.js', Uint8Array.of(0x27, 0xe9, 0x27));
    await folder.write('bad.http', 'GET / HTTP/1.1\nnonsense\n');
    const { code, stdout, stderr } = await folder.run(args, env);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`gatewayscript: ${sentence}`.replace('gatewayscript: SCRIPT', 'SCRIPT'));
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('may ask for help, which says how', async () => {
    const { code, stdout } = await folder.run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('gatewayscript run <script.js>');
  });
});
