// For the tests: the text of gatewayscript.d.ts, and what it declares.
import { readFileSync } from 'node:fs';
import { readDeclarations } from './read-declarations.ts';

export const DECLARATIONS_TEXT = readFileSync(new URL('../gatewayscript.d.ts', import.meta.url), 'utf8');
export const DECLARATIONS = readDeclarations(DECLARATIONS_TEXT);
