// `session` reads and writes what `context` does, by the older names, and keeps contexts of the script's own.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { sampleJob } from '../../sample-job.ts';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

/** What the script wrote to the console with `%s`, line by line. */
async function logged(script: string, options?: Parameters<typeof sampleJob>[1]) {
  const { console, error } = await scripts.run(script, options);
  if (error) throw new Error(error.message);
  return console.map(({ text }) => text);
}

test('the module and the global are one', async () => {
  expect(await scripts.value(`return require('session') === session`)).toBe(true);
});

describe('bodies', () => {
  test('session.input reads the message in every form, and session.INPUT the request whatever became of the message', async () => {
    const id = randomUUID();
    const lines = await logged(
      `context.message.body.write({ changed: '${id}' });
       session.input.readAsJSON((e, json) => console.log('%s', json.changed));
       session.input.readAsBuffer((e, b) => console.log('%s %s', Buffer.isBuffer(b), b.toString()));
       session.input.readAsBuffers((e, b) => console.log('%s', b.toString()));
       session.INPUT.readAsJSON((e, json) => console.log('%s', json.id));`,
      { body: JSON.stringify({ id: `first ${id}` }) },
    );
    const json = JSON.stringify({ changed: id });
    expect(lines).toEqual([id, `true ${json}`, json, `first ${id}`]);
  });

  test('XML comes as nodes', async () => {
    const text = randomUUID();
    const script = `session.input.readAsXML((e, nodes) => console.log('%s', nodes.item(0).textContent))`;
    expect(await logged(script, { body: `<a><b>${text}</b></a>` })).toEqual([text]);
  });

  test('an empty body is undefined without an error; one that is not JSON is an error with errorMessage', async () => {
    const script = `session.input.readAsJSON((error, json) => console.log('%j', [error && error.errorMessage, json === undefined]))`;
    expect(await logged(script)).toEqual(['[null,true]']);
    const [line] = await logged(script, { body: '{"a":' });
    expect(line).toMatch(/session\.input\.readAsJSON: the body .* is not JSON/);
  });

  test('session.output.write answers with text, bytes, JSON and XML', async () => {
    const bytes = randomBytes(64);
    const body = async (value: string) =>
      Buffer.from((await scripts.run(`session.output.write(${value})`)).message.body);
    const id = randomUUID();
    expect(`${await body(`'ä ${id}'`)}`).toBe(`ä ${id}`);
    expect(await body(`Buffer.from('${bytes.toString('hex')}', 'hex')`)).toEqual(bytes);
    expect(`${await body(`{ id: '${id}' }`)}`).toBe(JSON.stringify({ id }));
    expect(`${await body(`XML.parse('<a>${id}</a>')`)}`).toContain(`<a>${id}</a>`);
  });

  test('what readAsBuffers gives can be written as it is', async () => {
    const body = randomBytes(64);
    for (const write of ['session.output.write', 'context.message.body.write']) {
      const script = `session.INPUT.readAsBuffers((error, buffers) => ${write}(buffers))`;
      expect(Buffer.from((await scripts.run(script, { body })).message.body)).toEqual(body);
    }
  });
});

describe('contexts', () => {
  test('a context is made once, found by its name, and holds variables and a body', async () => {
    const id = randomUUID();
    expect(
      await scripts.value(
        `const before = session.name('mine');
         const made = session.createContext('mine');
         made.setVariable('a', { b: [input, 1] });
         made.write('body');
         const found = session.name('mine');
         const values = [before === undefined, found.getVariable('a').b[0], found.getVariable('nope') === undefined];
         return values.concat(found.deleteVariable('a'), found.getVariable('a') === undefined);`,
        id,
      ),
    ).toEqual([true, id, true, true, true]);
    expect(await scripts.error(`session.createContext('a'); session.createContext('a')`)).toMatchObject({
      message: expect.stringContaining(`'a' is there already`),
    });
  });

  test('variables have shorter names for their functions as well', async () => {
    const script = `const c = session.createContext('c'); c.setVar('v', { id: input }); session.input.setVar('w', 1);
      return [c.getVar('v').id, session.name('c').getVariable('v').id, session.input.getVariable('w'), c.deleteVar('v'), c.getVar('v') === undefined]`;
    const id = randomUUID();
    expect(await scripts.value(script, id)).toEqual([id, id, 1, true, true]);
    expect((await scripts.error(`session.input.setVar(7, 1)`)).message).toMatch(
      /^session\.input\.setVar: the variable's name is number/,
    );
  });

  test('their variables reach the next policy of the assembly, and not the next run', async () => {
    const id = randomUUID();
    const first = await scripts.run(`session.createContext('c').setVariable('v', '${id}')`);
    const read = `const c = session.name('c'); console.log('%s', c && c.getVariable('v'))`;
    expect(await logged(read, { variables: first.variables })).toEqual([id]);
    expect(await logged(read)).toEqual(['undefined']);
  });
});

describe('rejection', () => {
  test('session.reject rejects and does not throw; the last word counts', async () => {
    const text = randomUUID();
    const result = await scripts.run(`session.reject('${text}');\nsession.output.write('after');`);
    expect(result).toMatchObject({
      outcome: 'rejected',
      error: { name: 'RuntimeError', message: text, line: 1 },
    });
    expect(`${Buffer.from(result.message.body)}`).toBe('after');
  });

  test('an object of options may stand first', async () => {
    const { error } = await scripts.run(`session.reject({ override: true }, 'no URL')`);
    expect(error?.message).toBe('no URL');
  });

  test('an error alone is told as text', async () => {
    const id = randomUUID();
    const { error } = await scripts.run(`session.reject(new Error('${id}'))`);
    expect(error?.message).toBe(`Error: ${id}`);
  });

  test('session.accept takes a rejection back', async () => {
    expect((await scripts.run(`session.reject('a'); session.accept()`)).outcome).toBe('completed');
  });
});

test('parameters are those of the policy, and the script may set defaults among them', async () => {
  const URL = `http://${randomUUID()}`;
  const script = `if (!session.parameters.Mode) session.parameters.Mode = 'default';
    console.log('%j', session.parameters)`;
  expect(await logged(script, { variables: { local: { parameter: { URL } } } })).toEqual([
    JSON.stringify({ URL, Mode: 'default' }),
  ]);
  expect(await logged(script)).toEqual([JSON.stringify({ Mode: 'default' })]);
});

test.each([
  ['session.outputs', /^session\.outputs: there is no such member; session has input, output/],
  [`session.output.readAsJSON(() => {})`, /^session\.output\.readAsJSON: there is no such member/],
  ['session.INPUT.write("a")', /^session\.INPUT\.write: there is no such member/],
  ['session.output.write(7)', /^session\.output\.write: the value is number; expected/],
  ['session.input.readAsJSON()', /^session\.input\.readAsJSON: the callback is undefined/],
  ['session.name(7)', /^session\.name: the context's name is number/],
  ['session.createContext("")', /^session\.createContext: the context's name is empty/],
  ['session.input.setVariable(null, 1)', /^session\.input\.setVariable: the variable's name is null/],
  ['session.createContext("__proto__")', /__proto__/],
  ['session.input = 1', /read-only|proxy/],
])('%s fails by its name, at its line', async (script, message) => {
  const error = await scripts.error(`\n${script}`);
  expect(error.message).toMatch(message);
  expect(error.line).toBe(2);
});
