// A hostile text for tests: as many parts as a definition may have, and costly ones, fresh each time.
import { randomBytes } from 'node:crypto';
import { definitionText } from '../started-gateway.fixture.ts';

/** Compiles without an error in some hundred milliseconds: each of its conditions is parsed by itself. */
export function slowText(basePath = '/slow'): string {
  const cases = Array.from({ length: 3_000 }, () => {
    const name = randomBytes(8).toString('hex');
    return `{condition: "a${name}.b[c${name} = 1].d", execute: []}`;
  });
  return definitionText(basePath, `- switch: {version: 2.0.0, case: [${cases.join(',')}]}`);
}
