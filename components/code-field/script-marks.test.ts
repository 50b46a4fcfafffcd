// What the editor marks in a script: by the very service that runs behind it, with the options that it gets.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker';
import { expect, test } from 'vitest';
import { IGNORED_CODES, SERVICE_OPTIONS } from './script-options.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const content = read('sandbox-server/gatewayscript/gatewayscript.d.ts');
const lessons = 'docs/content/docs/';

/** The sentences of all marks, each with the text that it stands for. */
async function marks(script: string): Promise<string[]> {
  const name = 'inmemory://model/1';
  const model = { uri: { path: '/1', toString: () => name }, version: 1, getValue: () => script };
  const extraLibs = { 'file:///gatewayscript.d.ts': { content, version: 1 } };
  const service = new TypeScriptWorker(
    { getMirrorModels: () => [model] },
    { compilerOptions: SERVICE_OPTIONS, extraLibs },
  );
  const all = [
    ...(await service.getCompilerOptionsDiagnostics(name)),
    ...(await service.getSyntacticDiagnostics(name)),
    ...(await service.getSemanticDiagnostics(name)),
  ];
  return all
    .filter(({ code }) => !IGNORED_CODES.includes(code))
    .map(({ messageText }) => (typeof messageText === 'string' ? messageText : messageText.messageText));
}

test('what the language itself has is marked nowhere', async () => {
  const script = `
    var list = [3, 1].map(String).concat(Array.from(new Set(['a'])));
    var known = Object.entries({ a: Math.max(1, 2), b: parseInt('7', 10) }).length + JSON.stringify(list).length;
    if (list.includes('a') && /^a/.test('a'.padStart(3)) && new Date().getTime() > known) throw new RangeError('x');
    Promise.resolve(new Map([[Symbol('a'), new Uint8Array(2)]])).then(function (map) { return Reflect.ownKeys(map); });
    async function later() { for (const each of list) await each; }
    later();`;
  expect(await marks(script)).toEqual([]);
});

test('a name that is not there is marked, and nothing else with it', async () => {
  const name = `n${randomBytes(6).toString('hex')}`;
  expect(await marks(`context.set('a', ${name});`)).toEqual([`Cannot find name '${name}'.`]);
  expect(await marks('document.title; new SharedArrayBuffer(1);')).toHaveLength(2);
});

const handlers = readdirSync(new URL(`../../${lessons}`, import.meta.url), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file.endsWith('.js'))
  .filter((file) =>
    /\b(?:context|session|apim|hm)\.|require\('(?:urlopen|header-metadata)'\)/.test(read(lessons + file)),
  );

test('the lessons have scripts for the gateway', () => expect(handlers.length).toBeGreaterThan(10));

test.each(handlers)('%s has no mark', async (file) => {
  expect(await marks(read(lessons + file))).toEqual([]);
});
