import { execFile } from 'node:child_process';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { definitionOf } from '../assembly/deployed-definition.ts';
import { compileDefinition } from '../definition/compile.ts';
import { compileProduct } from '../plans/compile-product.ts';
import { keysFrom } from '../plans/issue-key.ts';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';
import { startCompileThread } from './compile-thread.ts';
import { CompilerBusy, createCompiler } from './compiler.ts';
import { runningThreads } from './running-threads.fixture.ts';
import { slowText } from './slow-text.fixture.ts';

const shared = createCompiler(readConfig({}));
afterAll(() => shared.close());

/** One of its own, closed after the test. */
function compilerWith(
  settings: Record<string, string>,
  log?: Parameters<typeof createCompiler>[1],
  startThread?: Parameters<typeof createCompiler>[2],
) {
  const compiler = createCompiler(readConfig(settings), log, startThread);
  onTestFinished(() => compiler.close());
  return compiler;
}
const fresh = () => definitionText(`/${randomUUID()}`, upgradePolicy());

const lessons = new URL('../../../docs/content/docs/', import.meta.url);
test('the lessons compile in the thread to what they compile to here', async () => {
  const files = readdirSync(lessons, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const text = readFileSync(new URL(file, lessons), 'utf8');
    expect(await shared.compile(text, 'lesson', 'maple'), file).toEqual(compileDefinition(text, 'lesson'));
  }
});

test('so does any text, whatever names and values it has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 3 }), fc.string(), async (value, name) => {
      const named = JSON.stringify(name);
      const policy = `- {validate: {version: 2.0.0, ${named}: ${value}, __proto__: {a: 1}, title: ${named}}}`;
      const text = definitionText('/any', policy, `${named}: ${value}`);
      expect(await shared.compile(text, 'any', 'maple')).toEqual(compileDefinition(text, 'any'));
    }),
    { numRuns: 50 },
  );
});

test('a policy that reads the definition at traffic has it, nested ones too', async () => {
  const word = `w${randomInt(1_000_000)}`;
  const policy = `- if:\n    version: 2.0.0\n    condition: 'true'\n    execute:\n      - validate: {version: 2.0.0, validate-against: definition, definition: ${word}}`;
  const text = definitionText('/one', policy, `definitions: {${word}: {type: object}}`);
  const { definition } = await shared.compile(text, 'one', 'maple');
  const nested = definition?.assembly.execute[0]?.branches[0]?.[0];
  expect(nested && definitionOf(nested)).toMatchObject({ definitions: { [word]: { type: 'object' } } });
});

test('the event loop goes on while a text compiles', async () => {
  const order: string[] = [];
  const compiling = shared.compile(slowText(), 'slow', 'maple').then(() => order.push('compiled'));
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  order.push('a hundred turns');
  await compiling;
  expect(order).toEqual(['a hundred turns', 'compiled']);
});

test('a text that takes longer than it may is cut and told so, and the next ones compile', {
  timeout: 60_000,
}, async () => {
  const told: object[] = [];
  const log = { warn: (fields: object) => told.push(fields), error: (fields: object) => told.push(fields) };
  const compiler = compilerWith({ COMPILE_DEADLINE_MS: '60' }, log);
  const text = slowText();
  for (let round = 1; round <= 2; round += 1) {
    const [cut, after] = await Promise.all([
      compiler.compile(text, 'slow', 'oak'),
      compiler.compile(fresh(), 'fast', 'oak'),
    ]);
    expect(cut).toEqual({
      definition: null,
      diagnostics: [
        {
          severity: 'error',
          rule: 'too-slow',
          message: expect.stringMatching(/60 ms\. Shorten it/),
          line: 1,
          column: 1,
          path: [],
        },
      ],
    });
    expect(after.definition?.name).toBe('test');
    expect(compiler.stats()).toEqual({ queued: 0, cut: round });
  }
  const fields = { sandbox: 'oak', kind: 'definition', name: 'slow', characters: text.length };
  expect(told).toEqual(Array(2).fill(fields));
});

const productFile = new URL('../plans/websocket-product.fixture.yaml', import.meta.url);
test('a product compiles to what it compiles to here: plans, keys, and what it says of the APIs beside it', async () => {
  const text = readFileSync(productFile, 'utf8');
  const { definition } = compileDefinition(fresh(), 'one');
  const seed = randomBytes(32);
  for (const apis of [[], definition ? [definition] : []]) {
    const compiled = await shared.compileProduct(text, 'one', { sandbox: 'maple', apis, seed });
    const here = compileProduct(text, { apis, issue: keysFrom(seed) });
    expect(compiled.diagnostics).toEqual(here.diagnostics);
    expect({ ...compiled.product, counts: null }).toEqual({ ...here.product, counts: null });
    const [application] = compiled.product?.applications.values() ?? [];
    expect(compiled.product?.plans).toContain(application?.plan);
    expect(compiled.product?.counts.size()).toBe(0);
  }
});

test('where the machine is too busy to bring the thread up, the text is asked for again, and the next thread compiles it', async () => {
  const told: object[] = [];
  const log = { warn: (fields: object) => told.push(fields), error: (fields: object) => told.push(fields) };
  let starts = 0;
  const compiler = compilerWith({}, log, (deadlineMs, settings) => {
    starts += 1;
    return startCompileThread(deadlineMs, settings, starts === 1 ? { startMs: 1 } : {});
  });
  const text = fresh();
  await expect(compiler.compile(text, 'late', 'oak')).rejects.toThrow(CompilerBusy);
  expect((await compiler.compile(text, 'again', 'oak')).definition).not.toBeNull();
  expect(told).toEqual([expect.objectContaining({ sandbox: 'oak', name: 'late', characters: text.length })]);
});

test('a product that takes longer than it may is cut and told so', async () => {
  const compiler = compilerWith({ COMPILE_DEADLINE_MS: '20' });
  const plans = Array.from({ length: 4_500 }, () => `p${randomUUID()}: {}`).join();
  const text = `product: 1.0.0\ninfo: {name: a, version: 1.0.0}\nplans: {${plans}}`;
  const place = { sandbox: 'oak', apis: [], seed: randomBytes(32) };
  expect(await compiler.compileProduct(text, 'slow', place)).toMatchObject({
    product: null,
    diagnostics: [{ severity: 'error', rule: 'too-slow', message: expect.stringContaining('The product') }],
  });
});

test('texts of one sandbox end in the order in which they came, and another sandbox’s comes between', async () => {
  const ended: string[] = [];
  const compile = (source: string, name: string) =>
    shared.compile(fresh(), name, source).then(() => ended.push(name));
  await Promise.all([...['a1', 'a2', 'a3', 'a4'].map((name) => compile('oak', name)), compile('elm', 'b1')]);
  expect(ended.filter((name) => name !== 'b1')).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(ended.indexOf('b1')).toBeLessThan(3);
});

test('what finds the queue full is refused at once; another sandbox has room where one fills its share', async () => {
  const compiler = compilerWith({ COMPILE_QUEUE: '4' });
  const compile = (source: string) =>
    compiler.compile(fresh(), 'one', source).then(
      ({ definition }) => definition?.name,
      (error) => error,
    );
  // One compiles, three wait: a sandbox's share of four.
  const oak = Array.from({ length: 6 }, () => compile('oak'));
  const [elm, late] = [compile('elm'), compile('fir')];
  expect(compiler.stats().queued).toBe(4);
  expect(await Promise.all(oak)).toEqual([
    ...Array(4).fill('test'),
    ...Array(2).fill(expect.any(CompilerBusy)),
  ]);
  expect([await elm, await late]).toEqual(['test', expect.any(CompilerBusy)]);
  expect(await Promise.all(Array.from({ length: 4 }, () => compile('oak')))).toEqual(Array(4).fill('test'));
});

test('closed, it refuses what waits and what comes, and its thread has ended', {
  timeout: 60_000,
}, async () => {
  const before = runningThreads();
  const compiler = compilerWith({});
  await compiler.compile(fresh(), 'one', 'oak');
  expect(runningThreads()).toBe(before + 1);
  const waiting = [slowText(), fresh()].map((text) => compiler.compile(text, 'one', 'oak'));
  const refused = Promise.all(waiting.map((each) => expect(each).rejects.toThrow(CompilerBusy)));
  await compiler.close();
  await refused;
  expect(runningThreads()).toBe(before);
  await expect(compiler.compile(fresh(), 'one', 'oak')).rejects.toThrow(CompilerBusy);
  expect(runningThreads()).toBe(before);
});

test('it keeps no process alive', async () => {
  const script = `import { createCompiler } from ${JSON.stringify(new URL('./compiler.ts', import.meta.url))};
    const compiler = createCompiler({ COMPILE_DEADLINE_MS: 2000, COMPILE_QUEUE: 1, TARGET_ORIGINS: [] });
    const { diagnostics } = await compiler.compile('a: [', 'one', 'oak');
    console.log(diagnostics.length);`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
  expect(Number(stdout)).toBeGreaterThan(0);
});
