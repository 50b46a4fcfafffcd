// Reads a script with the gateway's language level before it runs, so that what the gateway refuses is refused here by its name.
import { type Node, parse } from 'acorn';
import type { ScriptError } from '../types.ts';
import { findNewerSyntax } from './newer-syntax.ts';

/** ES2017 with object rest and spread, as in Node.js 8.9.4; acorn has the latter from 2018 on. */
const GATEWAY_LEVEL = 2018;
/** A script is a strict function body (IBM documentation); the directive stands on the reader's first line, so lines stay. */
const STRICT = '"use strict";';

/** @returns what is wrong with the script, or `null`. Line and column count from 1. */
export function findSyntaxError(script: string, maxBytes: number): ScriptError | null {
  const bytes = Buffer.byteLength(script);
  if (bytes > maxBytes)
    return {
      name: 'RangeError',
      message: `the script has ${bytes} bytes; the limit is ${maxBytes}`,
      line: null,
      column: null,
    };
  const text = STRICT + script;
  let failure: { message: string; offset: number } | null = null;
  let program: Node | null = null;
  try {
    program = parse(text, {
      ecmaVersion: GATEWAY_LEVEL,
      sourceType: 'script',
      allowReturnOutsideFunction: true,
    });
  } catch (error) {
    failure = parseFailure(error);
  }
  if (script.startsWith('#!'))
    return at(text, STRICT.length, "a `#!` line needs ES2023; the gateway has Node 8's language");
  const newer = findNewerSyntax(program ?? parseAtLatest(text));
  if (newer) {
    return at(text, newer.offset, `${newer.feature} needs ${newer.level}; the gateway has Node 8's language`);
  }
  return failure && at(text, failure.offset, failure.message);
}

function parseAtLatest(text: string): Node | null {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
      });
    } catch {
      // Wrong at every level: then the message of the gateway's level is the one to tell.
    }
  }
  return null;
}

function parseFailure(error: unknown): { message: string; offset: number } {
  if (error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number') {
    return { message: error.message.replace(/ \(\d+:\d+\)$/, ''), offset: error.pos };
  }
  // The parser's own stack ended: nested beyond what any script has.
  if (error instanceof RangeError) return { message: 'the script is nested too deep', offset: STRICT.length };
  throw error;
}

function at(text: string, offset: number, message: string): ScriptError {
  const before = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  const shift = before.length === 1 ? STRICT.length : 0;
  const column = (before.at(-1)?.length ?? 0) - shift + 1;
  return { name: 'SyntaxError', message, line: before.length, column: Math.max(1, column) };
}
