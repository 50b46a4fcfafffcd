// Where a script was when its time ran out. QuickJS tells the last call that the function made, and a loop without calls
// has moved on since; so the place is held against the loops of the script.
import type { Node } from 'acorn';
import { offsetOf, type Place, placeOf } from './place.ts';
import { nodesIn, treeOf } from './syntax-tree.ts';

const LOOPS = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/**
 * The place itself where it lies in a loop, or where its function has none; else the one loop of that function that begins
 * after it. `null` where there are several: to guess would mark an innocent line. Lines and columns count from 1.
 */
export function endlessLoopAt(script: string, told: Place): Place | null {
  const offset = offsetOf(script, told);
  const tree = treeOf(script);
  const { loops, enclosed } = tree ? loopsAround(tree, offset) : NONE;
  if (enclosed || loops.length === 0) return told;
  const after = loops.filter((loop) => loop.start >= offset);
  const [only] = after;
  return only && after.length === 1 ? placeOf(script, only.start) : null;
}

const NONE = { loops: [], enclosed: false };

/** The loops of the innermost function around the offset, those of functions within it left out. */
function loopsAround(program: Node, offset: number): { loops: Node[]; enclosed: boolean } {
  const isAround = (node: Node) => node.start <= offset && offset < node.end;
  for (let owner = program; ; ) {
    const nodes = [...nodesIn(owner, (node) => node === owner || !FUNCTIONS.has(node.type))];
    const inner = nodes.find((node) => node !== owner && FUNCTIONS.has(node.type) && isAround(node));
    if (!inner) {
      const loops = nodes.filter(({ type }) => LOOPS.has(type));
      return { loops, enclosed: loops.some(isAround) };
    }
    owner = inner;
  }
}
