// A server's file as a function that QuickJS can compile: CommonJS as Node wraps it, or a module whose imports become calls of `require`.
import { type ImportDeclaration, type Node, type Options, type Program, parse } from 'acorn';
import type { ScriptError } from '../../../gatewayscript/types.ts';

/** The file name in stack traces, which is that of the lesson. */
export const SERVER_FILE = 'websocket_server.js';
const PARAMETERS = '(exports, require, module, __filename, __dirname) {';

export type ServerScript =
  | { error: ScriptError }
  /** `opening` stands before the script on its first line. */
  | { error: null; code: string; opening: number };

/** Line and column of errors count from 1. */
export function readServerScript(script: string, maxBytes: number): ServerScript {
  const bytes = Buffer.byteLength(script);
  if (bytes > maxBytes) return refused(`the script has ${bytes} bytes; the limit is ${maxBytes}`, null);
  const asScript = parsed(script, { sourceType: 'script', allowReturnOutsideFunction: true });
  if (!('failure' in asScript)) return wrapped('(function ', '', script);
  const asModule = parsed(script, { sourceType: 'module' });
  if ('failure' in asModule) {
    // What neither reads is told as the form would have it that the script has chosen.
    const isModule = /^\s*(?:import|export)\b/m.test(script);
    return { error: (isModule ? asModule : asScript).failure };
  }
  const exported = asModule.program.body.find(({ type }) => type.startsWith('Export'));
  if (exported) return refused('"export" has no use in a server: nothing imports it', exported);
  return wrapped('(async function ', '"use strict";', withRequire(script, asModule.program));
}

function wrapped(start: string, directive: string, script: string): ServerScript {
  const opening = start + PARAMETERS + directive;
  // The line for the shell is none of the language within a function.
  const body = script.replace(/^#!/, '//');
  return { error: null, code: `${opening}${body}\n})`, opening: opening.length };
}

function refused(message: string, at: Node | null): ServerScript {
  const place = at?.loc ? { line: at.loc.start.line, column: at.loc.start.column + 1 } : NOWHERE;
  return { error: { name: 'SyntaxError', message, ...place } };
}

const NOWHERE = { line: null, column: null };

function parsed(script: string, options: Partial<Options>): { program: Program } | { failure: ScriptError } {
  try {
    return {
      program: parse(script, { ecmaVersion: 'latest', allowHashBang: true, locations: true, ...options }),
    };
  } catch (error) {
    if (error instanceof RangeError)
      return { failure: { name: 'SyntaxError', message: 'the script is nested too deep', ...NOWHERE } };
    if (!(error instanceof SyntaxError && 'loc' in error)) throw error;
    const { line, column } = positionOf(error.loc);
    const message = error.message.replace(/ \(\d+:\d+\)$/, '');
    return { failure: { name: 'SyntaxError', message, line, column: column + 1 } };
  }
}

function positionOf(loc: unknown): { line: number; column: number } {
  if (typeof loc !== 'object' || loc === null || !('line' in loc) || !('column' in loc))
    throw new Error('no place');
  return { line: Number(loc.line), column: Number(loc.column) };
}

/** Each import as a statement of `require` in its place; lines stay, since an import that goes over several keeps its line breaks. */
function withRequire(script: string, program: Program): string {
  let text = script;
  const imports = program.body.filter((each) => each.type === 'ImportDeclaration');
  for (const each of imports.toReversed()) {
    const lineBreaks = script.slice(each.start, each.end).replace(/[^\n]/g, '');
    text = text.slice(0, each.start) + requireOf(each) + lineBreaks + text.slice(each.end);
  }
  return text;
}

function requireOf({ source, specifiers }: ImportDeclaration): string {
  const module = `require(${JSON.stringify(source.value)})`;
  const names = specifiers.map((each) => {
    const local = each.local.name;
    if (each.type !== 'ImportSpecifier') return `const ${local} = ${module};`;
    const imported = each.imported.type === 'Identifier' ? each.imported.name : String(each.imported.value);
    if (imported === 'default') return `const ${local} = ${module};`;
    return `const { ${JSON.stringify(imported)}: ${local} } = ${module};`;
  });
  return names.length === 0 ? `${module};` : names.join(' ');
}
