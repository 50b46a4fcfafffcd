// Reads `gatewayscript.d.ts`: what is declared, and what is said of it. At build time and in tests only.
import ts from 'typescript';
import type { Declarations, Shape } from './declaration.ts';
import { docComment } from './doc-comment.ts';
import { addMember, memberOf, nameOf } from './member.ts';

/** @param text of gatewayscript.d.ts @throws Error that names a declaration of a kind that this does not know */
export function readDeclarations(text: string): Declarations {
  const file = ts.createSourceFile('gatewayscript.d.ts', text, ts.ScriptTarget.ES2022, true);
  const declarations: Declarations = { globals: [], shapes: [] };
  for (const statement of file.statements) {
    if (ts.isModuleDeclaration(statement) && ts.isStringLiteral(statement.name))
      readModule(statement, statement.name.text, declarations);
    else readGlobal(statement, declarations);
  }
  return declarations;
}

function readGlobal(statement: ts.Statement, { globals, shapes }: Declarations): void {
  const { page } = docComment(statement);
  if (ts.isInterfaceDeclaration(statement)) shapes.push(shapeOf(statement, page ?? ''));
  else {
    const member = memberOf(statement);
    const known = globals.find(({ name }) => name === member.name);
    if (known) known.signatures.push(...member.signatures);
    else globals.push({ ...member, page: page ?? '' });
  }
}

function readModule(node: ts.ModuleDeclaration, page: string, { shapes }: Declarations): void {
  const { text, standing } = docComment(node);
  const module: Shape = {
    kind: 'module',
    name: page,
    page,
    text,
    standing,
    from: `require('${page}')`,
    by: null,
    bases: [],
    members: [],
    names: [],
  };
  shapes.push(module);
  for (const statement of statementsOf(node)) {
    if (ts.isTypeAliasDeclaration(statement)) continue;
    // The module is one value: what hangs on it is declared as that value's namespace or type.
    if (ts.isExportAssignment(statement)) module.from = null;
    else if (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) {
      shapes.push(shapeOf(statement, page));
      if (ts.isClassDeclaration(statement)) module.names.push(nameOf(statement));
    } else if (ts.isModuleDeclaration(statement)) readNamespace(statement, page, shapes);
    else addMember(module, memberOf(statement));
  }
}

function shapeOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration, page: string): Shape {
  const { text, from, by } = docComment(node);
  const shape: Shape = {
    kind: ts.isClassDeclaration(node) ? 'class' : 'interface',
    name: nameOf(node),
    page,
    text,
    standing: null,
    from,
    by,
    bases: (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.map((type) => type.expression.getText()),
    ),
    members: [],
    names: [],
  };
  for (const member of node.members) addMember(shape, memberOf(member));
  return shape;
}

function readNamespace(node: ts.ModuleDeclaration, page: string, shapes: Shape[]): void {
  const { text, from } = docComment(node);
  const shape: Shape = {
    kind: 'namespace',
    name: node.name.text,
    page,
    text,
    standing: null,
    from,
    by: null,
    bases: [],
    members: [],
    names: [],
  };
  shapes.push(shape);
  for (const statement of statementsOf(node)) {
    if (ts.isClassDeclaration(statement)) {
      shape.names.push(nameOf(statement));
      shapes.push(shapeOf(statement, page));
    } else addMember(shape, memberOf(statement));
  }
}

function statementsOf(node: ts.ModuleDeclaration): readonly ts.Statement[] {
  return node.body && ts.isModuleBlock(node.body) ? node.body.statements : [];
}
