// A parsed script as a tree: the nodes below a node, whatever its kind. Walks without recursion, as a script may be nested deep.
import { type Node, parse } from 'acorn';

/** Of a script that was found to be sound; `null` where there is not stack enough this time. */
export function treeOf(script: string): Node | null {
  try {
    return parse(script, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true });
  } catch {
    return null;
  }
}

export function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

/** The node and all below it, in no order; what is below one that `enters` refuses is left out. */
export function* nodesIn(root: Node | null, enters: (node: Node) => boolean = () => true): Generator<Node> {
  const waiting = root ? [root] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if (enters(node)) for (const child of childrenOf(node)) waiting.push(child);
  }
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value
  );
}
