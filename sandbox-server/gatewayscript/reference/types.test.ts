// The types that the editor shows are right: they compile, every example fits them, and the globals are those of the runtime.
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { IGNORED_CODES, SCRIPT_LIBS, SCRIPT_OPTIONS } from '../../../components/code-field/script-options.ts';
import { startScripts } from '../guest/modules/script-value.ts';
import { DECLARATIONS, DECLARATIONS_TEXT } from './declarations.fixture.ts';

const scripts = startScripts();
afterAll(() => scripts.close());

const declarations = '/gatewayscript.d.ts';

/** A program of these scripts and the declarations, as the editor has it; the files are in memory. */
function programOf(sources: ReadonlyMap<string, string>): ts.Program {
  const files = new Map([...sources, [declarations, DECLARATIONS_TEXT]]);
  const options: ts.CompilerOptions = {
    ...SCRIPT_OPTIONS,
    lib: SCRIPT_LIBS,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, language) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, language) : ts.createSourceFile(name, text, language);
  };
  host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
  return ts.createProgram([...files.keys()], options, host);
}

/** `message (code) in: line` of every diagnostic that the editor would show. */
function complaints(program: ts.Program): string[] {
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ code }) => !IGNORED_CODES.includes(code))
    .map(({ messageText, code, file, start = 0 }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${text} (${code}) in: ${file?.text.slice(start).split('\n')[0]}`;
    });
}

test('the declarations compile, and the editor has nothing to say against any example', () => {
  const { globals, shapes } = DECLARATIONS;
  const members = [...globals, ...shapes.flatMap((shape) => shape.members)];
  const sources = new Map(members.map(({ example }, index) => [`/example-${index}.js`, example]));
  expect(sources.size).toBeGreaterThan(400);
  expect(complaints(programOf(sources))).toEqual([]);
});

test('the editor names a member that is not there, a module that is not there, and a wrong kind of argument', () => {
  const wrong = [
    [`require('crypto').createHsh('sha1');`, /createHsh/],
    [`require('http').get('x');`, /'http'/],
    [`context.message.header.set('A', function () {});`, /not assignable/],
    [`[1].flat();`, /flat/],
    [`document.title;`, /document/],
  ] as const;
  for (const [script, message] of wrong)
    expect(complaints(programOf(new Map([['/wrong.js', script]]))).join(), script).toMatch(message);
});

test('the editor accepts what scripts do: a return at the top, var twice, members set on an object', () => {
  const script = [
    `var crypto = require('crypto');`,
    `var o = {}; o.a = 1; var o = o;`,
    `if (!context.get('request.headers.x')) return;`,
    `context.message.statusCode = '403 No';`,
    `context.get('any.thing').at.all;`,
  ].join('\n');
  expect(complaints(programOf(new Map([['/script.js', script]])))).toEqual([]);
});

test('the globals that the editor knows are those of the runtime', async () => {
  const program = programOf(new Map());
  const file = program.getSourceFile(declarations);
  if (!file) throw new Error('the declarations are not in the program');
  const known = program
    .getTypeChecker()
    .getSymbolsInScope(file, ts.SymbolFlags.Value)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('"')) // A module.
    // `lib.es5.d.ts` declares them whatever the target; the three of CommonJS are no members of the global object.
    .filter((name) => !['Intl', 'globalThis', 'arguments', 'require', 'module', 'exports'].includes(name));
  const real = await scripts.value(
    `return Object.getOwnPropertyNames(new Function('return this')()).sort();`,
  );
  expect(known.sort()).toEqual(real);
});
