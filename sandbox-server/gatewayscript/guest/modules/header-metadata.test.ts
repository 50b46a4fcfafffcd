// `header-metadata` changes the message's headers and status, and shows the request's own whatever becomes of them.
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const hm = `const hm = require('header-metadata');`;
const run = (script: string, id: string) =>
  scripts.run(`${hm}\n${script}`, {
    headers: [
      ['X-ID', id],
      ['Accept', 'a'],
    ],
  });

describe.each(['current', 'response'])('hm.%s', (kind) => {
  test('gets, sets and removes without regard to case', async () => {
    const [id, value] = [randomUUID(), randomUUID()];
    const { message, console, error } = await run(
      `const h = hm.${kind};
       console.log('%j', [h.get('x-id'), h.get('nope') === undefined, h.headers]);
       h.set('x-new', '${value}'); h.set('Many', ['1', '2']); h.remove('ACCEPT');`,
      id,
    );
    expect(error).toBeNull();
    expect(console[0]?.text).toBe(JSON.stringify([id, true, { 'X-ID': id, Accept: 'a' }]));
    expect(message.headers.map(({ name, value: each }) => [name, each])).toEqual([
      ['X-ID', id],
      ['x-new', value],
      ['Many', '1'],
      ['Many', '2'],
    ]);
  });

  test('has the status, as number, digits or code and reason', async () => {
    const code = randomInt(300, 308);
    const of = async (value: string) => (await run(`hm.${kind}.statusCode = ${value}`, 'a')).message.status;
    expect(await of(`${code}`)).toMatchObject({ code });
    expect(await of(`'${code}'`)).toMatchObject({ code });
    expect(await of(`'${code} Elsewhere'`)).toEqual({ code, reason: 'Elsewhere' });
    const { message, console } = await run(
      `hm.${kind}.statusCode = ${code}; hm.${kind}.reasonPhrase = 'Odd';
       console.log('%s %s', hm.${kind}.statusCode, hm.${kind}.reasonPhrase)`,
      'a',
    );
    expect(message.status).toEqual({ code, reason: 'Odd' });
    expect(console[0]?.text).toBe(`${code} Odd`);
  });
});

test('hm.original is the request, whatever the message becomes', async () => {
  const id = randomUUID();
  const { console } = await run(
    `hm.current.remove('X-ID'); console.log('%s %s %s', hm.original.get('x-id'), hm.original.headers.Accept, hm.current.get('x-id'))`,
    id,
  );
  expect(console[0]?.text).toBe(`${id} a undefined`);
});

test('get without a name gives all headers, as published scripts read them', async () => {
  const id = randomUUID();
  const { console } = await run(
    `hm.current.set('X-New', 'n'); console.log('%j', [hm.current.get(), hm.original.get()])`,
    id,
  );
  const [current, original] = JSON.parse(console[0]?.text ?? '');
  expect(current).toMatchObject({ 'X-ID': id, 'X-New': 'n' });
  expect(original).toMatchObject({ 'X-ID': id });
  expect(original).not.toHaveProperty('X-New');
});

test.each([
  ['hm.current.get(undefined)', /^header-metadata\.current\.get: the header's name is undefined/],
  [
    'hm.original.set("A", "b")',
    /^header-metadata\.original\.set: the original headers are read-only; change hm\.current/,
  ],
  ['hm.original.remove("A")', /^header-metadata\.original\.remove: .*read-only/],
  ['hm.original.statusCode', /^header-metadata\.original\.statusCode: there is no such member/],
  ['hm.currant', /^header-metadata\.currant: there is no such member; header-metadata has current, response/],
  ['hm.current.add("A", "b")', /^header-metadata\.current\.add: there is no such member/],
  ['hm.current.get({ type: "mq" }, "MQMD")', /^header-metadata\.current\.get: the header's name is object/],
  ['hm.current.set("A B", "c")', /"A B" is no header name/],
  ['hm.response.set("A", "b\\r\\nc")', /holds a line break/],
  ['hm.current.statusCode = 99', /the status 99 is not valid/],
])('%s fails by its name, at its line', async (script, message) => {
  const error = await scripts.error(`${hm}\n${script}`);
  expect(error.message).toMatch(message);
  expect(error.line).toBe(2);
});
