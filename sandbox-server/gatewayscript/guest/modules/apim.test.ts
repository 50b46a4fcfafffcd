// `apim` does what scripts of version 5 expect of it, on the same context.
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const apim = `const apim = require('apim');`;
const logged = async (script: string, options?: Parameters<Scripts['run']>[1]) => {
  const { console, error } = await scripts.run(`${apim}\n${script}`, options);
  if (error) throw new Error(error.message);
  return console.map(({ text }) => text).join('|');
};

describe('variables', () => {
  test('getvariable reads what context.get does', async () => {
    const id = randomUUID();
    const script = `console.log('%s %s %s', apim.getvariable('request.headers.x-id'), apim.getvariable('client.app.name'), apim.getvariable('nope'))`;
    const options = {
      headers: [['X-ID', id]] as const,
      variables: { client: { app: { name: `app ${id}` } } },
    };
    expect(await logged(script, options)).toBe(`${id} app ${id} undefined`);
  });

  test('a request parameter is its value, and several are a list', async () => {
    const [user, tag] = [randomUUID(), randomUUID()];
    const script = `console.log('%j', ['user', 'tag', 'none'].map((each) => apim.getvariable('request.parameters.' + each)))`;
    expect(await logged(script, { path: `/a?user=${user}&tag=1&tag=${tag}` })).toBe(
      JSON.stringify([user, ['1', tag], null]),
    );
  });

  test('setvariable sets, adds and clears', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const { message, variables } = await scripts.run(
      `${apim}
       apim.setvariable('message.headers.X-A', '${first}'); apim.setvariable('message.headers.X-A', '${second}', 'add');
       apim.setvariable('message.headers.Host', '', 'clear');
       apim.setvariable('list', 1, 'add'); apim.setvariable('list', 2, 'add'); apim.setvariable('list', 3, 'add');
       apim.setvariable('gone', 1); apim.setvariable('gone', undefined, 'clear');`,
      { headers: [['Host', 'a']] },
    );
    expect(message.headers.map(({ name, value }) => [name, value])).toEqual([
      ['X-A', first],
      ['X-A', second],
    ]);
    expect(variables).toEqual({ list: [1, 2, 3] });
  });

  test('policy properties are the parameters of the policy', async () => {
    const url = randomUUID();
    const script = `console.log('%j', [apim.getPolicyProperty('url'), apim.getPolicyProperty(), apim.getPolicyProperty('no') === undefined])`;
    expect(await logged(script, { variables: { local: { parameter: { url } } } })).toBe(
      JSON.stringify([url, { url }, true]),
    );
  });
});

test('the input is read in every form', async () => {
  const id = randomUUID();
  const script = `apim.readInputAsJSON((error, json) => console.log('%s', json.id));
    apim.readInputAsBuffer((error, buffer) => console.log('%s', buffer.toString()));
    apim.readInputAsBuffers((error, buffers) => console.log('%s', buffers.toString()));
    apim.readInputAsXML((error) => console.log('%s', /readAsXML: /.test(error.errorMessage)));`;
  const body = JSON.stringify({ id });
  expect(await logged(script, { body })).toBe(`${id}|${body}|${body}|true`);
});

test('output and session.output.write answer together', async () => {
  const id = randomUUID();
  const { message } = await scripts.run(
    `${apim} session.output.write({ id: '${id}' }); apim.output('application/json'); apim.setvariable('message.status.code', 201)`,
    { headers: [] },
  );
  expect(message.headers).toEqual([{ name: 'Content-Type', value: 'application/json', origin: 'policy' }]);
  expect(`${Buffer.from(message.body)}`).toBe(JSON.stringify({ id }));
  expect(message.status?.code).toBe(201);
});

test('error rejects under its name, with its status, and lets the script go on', async () => {
  const [code, text] = [randomInt(400, 600), randomUUID()];
  const result = await scripts.run(
    `${apim}\napim.error('ConnectionError', ${code}, 'Service Error', '${text}'); console.log('after')`,
  );
  expect(result.outcome).toBe('rejected');
  expect(result.error).toMatchObject({ name: 'ConnectionError', message: text, line: 2 });
  expect(result.message.status).toEqual({ code, reason: 'Service Error' });
  expect(result.console[0]?.text).toBe('after');
});

test('apim.console is the console', async () => {
  const { console } = await scripts.run(`${apim} apim.console.debug('%s', 'x')`);
  expect(console).toEqual([{ level: 'debug', text: 'x', line: 1 }]);
});

test.each([
  ['apim.getContext("a")', /^apim\.getContext: there is no such member; apim has getvariable, setvariable/],
  ['apim.getvariable(7)', /^apim\.getvariable: the variable's name is number; expected a string/],
  ['apim.setvariable(null, 1)', /^apim\.setvariable: the variable's name is null/],
  ['apim.setvariable("a", 1, "append")', /the action is 'append'; expected 'set', 'add' or 'clear'/],
  ['apim.setvariable("request.verb", "GET")', /`request\.verb` is read-only/],
  ['apim.readInputAsJSON()', /^apim\.readInputAsJSON: the callback is undefined/],
  ['apim.output({})', /^apim\.output: the media type is object/],
  ['apim.error()', /^apim\.error: the error's name is undefined/],
  ['apim.error("A", 99, "B", "c")', /the status "99 B" is not valid/],
])('%s fails by its name, at its line', async (script, message) => {
  const error = await scripts.error(`${apim}\n${script}`);
  expect(error.message).toMatch(message);
  expect(error.line).toBe(2);
});
