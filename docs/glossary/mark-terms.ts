// Makes terms of a page's links to the glossary while the site is built: the word becomes a button that opens its definition, by pointer, key and touch, without a script.
// The definitions stand together at the end of the page, so that nothing moves when one opens, and a printed page has them as a list.
import { sourceLink } from './sources.ts';
import { type Term, termOf } from './terms.ts';

const GLOSSARY = '/glossary/#';

/** As much of a node of the page's tree (hast) as is needed here. */
interface TreeNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: readonly TreeNode[];
}

interface Tree {
  appendChild(parent: TreeNode, child: TreeNode): void;
}

/** A button is to line breaking what a picture is, so a full stop behind it may begin a line. This, in a place that does not break, is between them. */
const WORD_JOINER = '\u2060';

const text = (value: string): TreeNode => ({ type: 'text', value });
const element = (
  tagName: string,
  properties: Record<string, unknown>,
  ...children: TreeNode[]
): TreeNode => ({ type: 'element', tagName, properties, children });

/** For the Markdown processor: one for each page. */
export function markTerms() {
  const used: Term[] = [];
  return {
    name: 'terms-of-the-glossary',
    element: {
      filter: ['a'],
      visit(node: TreeNode): TreeNode | undefined {
        const href = node.properties?.href;
        if (typeof href !== 'string' || !href.startsWith(GLOSSARY)) return undefined;
        const term = termOf(href.slice(GLOSSARY.length));
        if (used.includes(term))
          throw new Error(`The page links the term "${term.id}" twice. Expected its first place only.`);
        used.push(term);
        const word = element(
          'button',
          { type: 'button', className: ['term'], popovertarget: `term-${term.id}` },
          ...(node.children ?? []),
        );
        return element('span', { className: ['term-place'] }, word, text(WORD_JOINER));
      },
    },
    after(root: TreeNode, tree: Tree): void {
      if (used.length === 0) return;
      const heading = element('p', { className: ['terms-heading'] }, text('Terms on this page'));
      tree.appendChild(
        root,
        element(
          'div',
          { className: ['terms', 'not-content'], 'data-pagefind-ignore': '' },
          heading,
          ...used.map(definition),
        ),
      );
    },
  };
}

function definition({ id, name, text: meaning, source }: Term): TreeNode {
  return element(
    'div',
    { popover: 'auto', id: `term-${id}` },
    element('p', {}, element('strong', {}, ...inline(name)), text(': '), ...inline(meaning)),
    element(
      'p',
      { className: ['term-source'] },
      text(`${sourceLink(source).text}. `),
      element('a', { href: `${GLOSSARY}${id}` }, text('In the glossary')),
    ),
  );
}

/** What stands in backticks is code. */
function inline(words: string): TreeNode[] {
  return words
    .split('`')
    .map((part, index) => (index % 2 === 1 ? element('code', {}, text(part)) : text(part)));
}
