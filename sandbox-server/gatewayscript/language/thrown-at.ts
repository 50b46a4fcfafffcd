// Where a script threw something that is no Error: QuickJS keeps no place of that, so it is held against the `throw`s of the script.
import type { Node } from 'acorn';
import { type Place, placeOf } from './place.ts';
import { childrenOf, nodesIn, treeOf } from './syntax-tree.ts';

/**
 * The one `throw` of the script that can have thrown a value that is no Error. `null` where there are several, or where the
 * script makes code while it runs: to guess would mark an innocent line.
 */
export function thrownAt(script: string): Place | null {
  const throws: Node[] = [];
  for (const node of nodesIn(treeOf(script))) {
    if (isThrowOfValue(node)) throws.push(node);
    if ('name' in node && (node.name === 'Function' || node.name === 'eval')) return null;
  }
  const [only] = throws;
  return only && throws.length === 1 ? placeOf(script, only.start) : null;
}

/** `throw new X` is left out: an Error tells its own place. */
function isThrowOfValue(node: Node): boolean {
  if (node.type !== 'ThrowStatement') return false;
  return !childrenOf(node).some(({ type }) => type === 'NewExpression');
}
