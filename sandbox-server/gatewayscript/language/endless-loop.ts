// Where a script was when its time ran out. QuickJS tells the last call that the function made, and a loop without calls
// has moved on since; so the place is held against the loops of the script.
import { type Node, parse } from 'acorn';
import { childrenOf } from './syntax-tree.ts';

interface Place {
  line: number;
  column: number;
}

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
  const { loops, enclosed } = loopsAround(
    parse(script, { ecmaVersion: 2018, sourceType: 'script', allowReturnOutsideFunction: true }),
    offset,
  );
  if (enclosed || loops.length === 0) return told;
  const after = loops.filter((loop) => loop.start >= offset);
  const [only] = after;
  return only && after.length === 1 ? placeOf(script, only.start) : null;
}

/** The loops of the innermost function around the offset, those of functions within it left out. */
function loopsAround(owner: Node, offset: number): { loops: Node[]; enclosed: boolean } {
  const loops: Node[] = [];
  let inner: Node | undefined;
  let enclosed = false;
  function visit(node: Node): void {
    if (FUNCTIONS.has(node.type) && node !== owner) {
      if (node.start <= offset && offset < node.end) inner = node;
      return;
    }
    if (LOOPS.has(node.type)) {
      loops.push(node);
      if (node.start <= offset && offset < node.end) enclosed = true;
    }
    for (const child of childrenOf(node)) visit(child);
  }
  visit(owner);
  return inner ? loopsAround(inner, offset) : { loops, enclosed };
}

function offsetOf(script: string, { line, column }: Place): number {
  const before = script.split('\n').slice(0, line - 1);
  return before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
}

function placeOf(script: string, offset: number): Place {
  const before = script.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
