// The console of a server and Node's own: the same calls in both, and the same lines.
import { Console } from 'node:console';
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { testPool, testServers } from './own-server.fixture.ts';

const word = () => randomBytes(4).toString('hex');

async function inLab(script: string): Promise<string[]> {
  const lab = testServers(testPool().pool);
  await lab.deploy(
    `const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8091 });\n${script}\nconsole.error('over');`,
  );
  await lab.until(() => lab.lines().some((line) => line.endsWith('over')));
  return lab.lines().map((line) => line.replace(/^\w+ /, ''));
}

function inNode(script: string): string[] {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk).replace(/\n$/, ''));
      done();
    },
  });
  new Function('console', `${script}\nconsole.error('over');`)(new Console(stream, stream));
  return lines;
}

test('groups indent, counters count, and what they print is what Node prints', async () => {
  const [a, b] = [word(), word()];
  const script = `
    console.group('${a}', 1);
    console.log('two\\nlines', { b: 1 });
    console.groupCollapsed();
    console.warn('${b}');
    console.count(); console.count('${b}'); console.count();
    console.groupEnd(); console.groupEnd(); console.groupEnd();
    console.countReset(); console.count(); console.count('${b}');
    console.assert(true, '${a}'); console.assert(false, '%s', '${b}');
    console.log('%s of %d', '${a}', 3, 'more');`;
  expect(await inLab(script)).toEqual(inNode(script));
});

test('clocks tell times as Node does, and a label that is not there costs no server', async () => {
  const label = word();
  const script = `
    console.time('${label}'); console.timeLog('${label}', 'so far'); console.timeEnd('${label}');`;
  const time = (line: string) => line.replace(/\d+(\.\d{1,3})?ms/, '<ms>');
  expect((await inLab(script)).map(time)).toEqual(inNode(script).map(time));
  expect(await inLab(`console.timeEnd('${label}'); console.countReset('${label}');`)).toEqual([
    `Warning: No such label '${label}' for console.timeEnd()`,
    `Warning: Count for '${label}' does not exist`,
    'over',
  ]);
});

test('groups without end leave room for the text', async () => {
  const said = word();
  const [line = ''] = await inLab(
    `for (let i = 0; i < 5000; i += 1) console.group();\nconsole.log('${said}');`,
  );
  expect(line.trim()).toBe(said);
  expect(line.length).toBeLessThan(120);
});
