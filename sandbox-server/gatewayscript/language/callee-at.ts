// The text of what a script called and what is no function: QuickJS tells no more than where the call's parenthesis stands.
import { offsetOf, type Place } from './place.ts';
import { isNode, nodesIn, treeOf } from './syntax-tree.ts';

/** Characters of a name that a reader takes in at once. */
const MAX = 80;

/** Names and members only, such as `context.foo`; `null` where something else was called there, or nothing. */
export function calleeAt(script: string, place: Place): string | null {
  const parenthesis = offsetOf(script, place);
  for (const node of nodesIn(treeOf(script))) {
    if (node.type !== 'CallExpression' || !('callee' in node) || !isNode(node.callee)) continue;
    const { type, start, end } = node.callee;
    if (type !== 'Identifier' && type !== 'MemberExpression') continue;
    if (end > parenthesis || !/^[\s)]*$/.test(script.slice(end, parenthesis))) continue;
    const text = script.slice(start, end).replace(/\s*\n\s*/g, '');
    return text.length <= MAX ? text : null;
  }
  return null;
}
