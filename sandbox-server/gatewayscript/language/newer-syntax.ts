// Names the syntax that is newer than the gateway's language, wherever it stands in a parsed script.
import { type Node, parseExpressionAt } from 'acorn';
import { childrenOf } from './syntax-tree.ts';

export interface NewerSyntax {
  feature: string;
  level: string;
  offset: number;
}

type Found = readonly [feature: string, level: string] | undefined;
type Member = (node: Node, name: string) => unknown;

const member: Member = (node, name) => Object.getOwnPropertyDescriptor(node, name)?.value;

/** Node types that are new as such. */
const NEW_TYPES: { [type: string]: Found } = {
  ChainExpression: ['optional chaining `?.`', 'ES2020'],
  ImportExpression: ['dynamic `import()`', 'ES2020'],
  PropertyDefinition: ['a class field', 'ES2022'],
  PrivateIdentifier: ['a private class member', 'ES2022'],
  StaticBlock: ['a static block', 'ES2022'],
  ImportDeclaration: ['`import` (use `require`)', 'ES modules'],
  ExportNamedDeclaration: ['`export` (use `module.exports`)', 'ES modules'],
  ExportDefaultDeclaration: ['`export` (use `module.exports`)', 'ES modules'],
  ExportAllDeclaration: ['`export` (use `module.exports`)', 'ES modules'],
};

/** Types that are new in one of their forms. */
const NEW_FORMS: { [type: string]: (node: Node) => Found } = {
  LogicalExpression: (node) =>
    member(node, 'operator') === '??' ? ['nullish coalescing `??`', 'ES2020'] : undefined,
  AssignmentExpression: (node) => {
    const operator = member(node, 'operator');
    return operator === '??=' || operator === '||=' || operator === '&&='
      ? [`logical assignment \`${operator}\``, 'ES2021']
      : undefined;
  },
  CatchClause: (node) =>
    member(node, 'param') === null ? ['`catch` without a binding', 'ES2019'] : undefined,
  // The other is `new.target`.
  MetaProperty: (node) =>
    named(member(node, 'meta'), 'import') ? ['`import.meta`', 'ES modules'] : undefined,
  VariableDeclaration: (node) => {
    const kind = member(node, 'kind');
    return kind === 'using' || kind === 'await using' ? [`\`${kind}\``, 'ES2026'] : undefined;
  },
  ForOfStatement: (node) => (member(node, 'await') === true ? ['`for await`', 'ES2018'] : undefined),
  FunctionDeclaration: asyncGenerator,
  FunctionExpression: asyncGenerator,
  Literal: literal,
};

function named(node: unknown, name: string): boolean {
  return typeof node === 'object' && node !== null && 'name' in node && node.name === name;
}

function asyncGenerator(node: Node): Found {
  return member(node, 'async') === true && member(node, 'generator') === true
    ? ['an async generator', 'ES2018']
    : undefined;
}

function literal(node: Node): Found {
  const raw = member(node, 'raw');
  if (typeof raw !== 'string') return undefined;
  if (typeof member(node, 'bigint') === 'string') return ['a BigInt', 'ES2020'];
  if (typeof member(node, 'value') === 'number' && raw.includes('_'))
    return ['a numeric separator `_`', 'ES2021'];
  return member(node, 'regex') === undefined ? undefined : regularExpression(raw);
}

/** Flags, named groups, look-behind and property escapes came with ES2018; acorn knows which a literal needs. */
function regularExpression(raw: string): Found {
  for (const [level, name] of [
    [2017, ''],
    [2018, 'ES2018'],
    ['latest', 'a newer edition'],
  ] as const) {
    try {
      parseExpressionAt(raw, 0, { ecmaVersion: level });
      return name === '' ? undefined : ['this regular expression', name];
    } catch {
      // The next level may know it.
    }
  }
  return undefined;
}

/** @returns the first such place in the text, or `null`. Walks without recursion: a script may be nested deep. */
export function findNewerSyntax(program: Node | null): NewerSyntax | null {
  let first: NewerSyntax | null = null;
  const waiting: { node: Node; inFunction: boolean }[] = program
    ? [{ node: program, inFunction: false }]
    : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, inFunction } = next;
    const topLevelAwait: Found =
      !inFunction && node.type === 'AwaitExpression' ? ['top-level `await`', 'ES2022'] : undefined;
    const found = topLevelAwait ?? NEW_TYPES[node.type] ?? NEW_FORMS[node.type]?.(node);
    if (found && (!first || node.start < first.offset))
      first = { feature: found[0], level: found[1], offset: node.start };
    const inside = inFunction || node.type.includes('Function');
    for (const child of childrenOf(node)) waiting.push({ node: child, inFunction: inside });
  }
  return first;
}
