// A doc comment of `gatewayscript.d.ts`, taken apart.
import ts from 'typescript';
import { STANDINGS, type Standing } from './declaration.ts';

export interface DocComment {
  text: string;
  example: string;
  standing: Standing | null;
  from: string | null;
  by: string | null;
  page: string | null;
  outcome: string;
}

/** @throws Error that names the place of a tag nobody reads, or of a standing that is none */
export function docComment(node: ts.Node): DocComment {
  const doc: DocComment = {
    text: '',
    example: '',
    standing: null,
    from: null,
    by: null,
    page: null,
    outcome: 'completed',
  };
  for (const part of ts.getJSDocCommentsAndTags(node)) {
    const text = ts.getTextOfJSDocComment(part.comment)?.trim() ?? '';
    if (ts.isJSDoc(part)) {
      doc.text = text.replaceAll(/\s+/g, ' ');
      for (const tag of part.tags ?? [])
        take(doc, tag.tagName.text, ts.getTextOfJSDocComment(tag.comment)?.trim() ?? '');
    }
  }
  return doc;
}

function take(doc: DocComment, tag: string, text: string): void {
  switch (tag) {
    case 'example':
    case 'from':
    case 'by':
    case 'page':
    case 'outcome':
      doc[tag] = text;
      return;
    case 'standing':
      doc.standing = standing(text);
      return;
    default:
      throw new Error(`@${tag} ${text}: nobody reads this tag`);
  }
}

function standing(text: string): Standing {
  const known = STANDINGS.find((each) => each === text);
  if (known) return known;
  throw new Error(`@standing ${text}: expected one of ${STANDINGS.join(', ')}`);
}
