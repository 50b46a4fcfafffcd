// One declaration of `gatewayscript.d.ts` as a member: its name, its signature, and its doc comment.
import ts from 'typescript';
import type { Member, Shape } from './declaration.ts';
import { docComment } from './doc-comment.ts';

/** Overloads become one member, told by the first. */
export function addMember(shape: Shape, member: Member): void {
  const known = shape.members.find(({ name }) => name === member.name);
  if (known) known.signatures.push(...member.signatures);
  else shape.members.push(member);
  if (!shape.names.includes(member.name)) shape.names.push(member.name);
}

export function memberOf(node: ts.Node): Member {
  const { text, example, standing, outcome } = docComment(node);
  return {
    name: nameOf(node),
    signatures: [signature(node)],
    isFunction:
      ts.isFunctionDeclaration(node) ||
      ts.isMethodSignature(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isCallSignatureDeclaration(node),
    text,
    example,
    standing,
    outcome,
  };
}

/** @throws Error for a kind of declaration that is not known here */
export function nameOf(node: ts.Node): string {
  if (ts.isConstructSignatureDeclaration(node) || ts.isConstructorDeclaration(node)) return 'new';
  if (ts.isCallSignatureDeclaration(node)) return 'call';
  if (ts.isIndexSignatureDeclaration(node)) return '[index]';
  if (ts.isVariableStatement(node)) {
    const [declared] = node.declarationList.declarations;
    if (declared) return declared.name.getText();
  }
  const name = named(node);
  if (name) return ts.isStringLiteral(name) ? name.text : name.getText();
  throw new Error(`${node.getText().slice(0, 80)}: a declaration of a kind that is not read`);
}

function named(node: ts.Node): ts.Node | undefined {
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isAccessor(node)
  )
    return node.name;
  return undefined;
}

function signature(node: ts.Node): string {
  return node
    .getText()
    .replace(/^(?:declare )?(?:function |const |let )?/, '')
    .replace(/;$/, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([([{]) | ([)\]])/g, (_all, open: string | undefined, close: string | undefined) =>
      open === '{' ? '{ ' : (open ?? close ?? ''),
    );
}
