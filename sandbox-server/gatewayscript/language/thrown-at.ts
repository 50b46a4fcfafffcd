// Where a script threw something that is no Error: QuickJS keeps no place of that, so it is held against the `throw`s of the script.
import { type Node, parse } from 'acorn';
import { childrenOf } from './syntax-tree.ts';

/**
 * The one `throw` of the script that can have thrown a value that is no Error, from 1. `null` where there are several, or where the
 * script makes code while it runs: to guess would mark an innocent line.
 */
export function thrownAt(script: string): { line: number; column: number } | null {
  const options = { ecmaVersion: 2018, sourceType: 'script', allowReturnOutsideFunction: true } as const;
  const places: { line: number; column: number }[] = [];
  let makesCode = false;
  function visit(node: Node): void {
    if (isThrowOfValue(node) && node.loc)
      places.push({ line: node.loc.start.line, column: node.loc.start.column + 1 });
    if ('name' in node && (node.name === 'Function' || node.name === 'eval')) makesCode = true;
    for (const child of childrenOf(node)) visit(child);
  }
  visit(parse(script, { ...options, locations: true }));
  const [only] = places;
  return only && places.length === 1 && !makesCode ? only : null;
}

/** `throw new X` is left out: an Error tells its own place. */
function isThrowOfValue(node: Node): boolean {
  if (node.type !== 'ThrowStatement') return false;
  return !childrenOf(node).some(({ type }) => type === 'NewExpression');
}
