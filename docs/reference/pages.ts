// The reference's pages, made of gatewayscript.d.ts: which there are, and what stands on each.
import type {
  Declarations,
  Member,
  Shape,
} from '../../sandbox-server/gatewayscript/reference/declaration.ts';
import { readDeclarations } from '../../sandbox-server/gatewayscript/reference/read-declarations.ts';
import { TITLES } from './titles.ts';

export interface Entry extends Member {
  /** For links; unique on the page. */
  id: string;
  /** As a reader calls it: `crypto.createHash`, `Hash.update`, `context`. */
  title: string;
}

export interface Section {
  id: string;
  /** Empty for what the page itself is about. */
  heading: string;
  text: string;
  entries: Entry[];
}

export interface ReferencePage {
  slug: string;
  title: string;
  text: string;
  standing: Shape['standing'];
  sections: Section[];
}

function pageOf(slug: string, { globals, shapes }: Declarations): ReferencePage {
  const module = shapes.find(({ kind, name }) => kind === 'module' && name === slug);
  const known = TITLES[slug];
  const own = globals.filter(({ page }) => page === slug);
  const sections = shapes
    .filter(({ page, members }) => page === slug && members.length > 0)
    .map((shape) => sectionOf(shape));
  const first: Section = {
    id: 'globals',
    heading: 'Globals',
    text: '',
    entries: own.map((member) => entryOf('', member)),
  };
  return {
    slug,
    title: known?.title ?? slug,
    text: known?.text ?? module?.text ?? '',
    standing: module?.standing ?? null,
    sections: own.length > 0 ? [first, ...sections] : sections,
  };
}

function sectionOf({ kind, name, text, members }: Shape): Section {
  // A module that is one value has a made-up name for it, or its own.
  const owner = members.some((member) => member.name === 'self') ? '' : name;
  return {
    id: `about-${slugOf(`${kind}-${name}`)}`,
    heading: kind === 'module' ? `require('${name}')` : name,
    text: kind === 'module' ? '' : text,
    entries: members.map((member) =>
      member.name === 'self'
        ? { ...entryOf('', member), title: `require('${name}')` }
        : entryOf(owner, member),
    ),
  };
}

function entryOf(owner: string, member: Member): Entry {
  const { name } = member;
  const title =
    name === 'new'
      ? `new ${owner}`
      : name === 'call'
        ? `${owner}()`
        : owner === '' || owner === 'ContextVariables' || owner === name
          ? name
          : name.startsWith('[')
            ? `${owner}${name}`
            : `${owner}.${name}`;
  return { ...member, title, id: slugOf(`${owner || 'global'}-${name}`) };
}

/** Case is kept: `session.input` and `session.INPUT` are two. */
function slugOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_]+/g, '-').replaceAll(/^-|-$/g, '');
}

/** In the order of the sidebar, from the text of gatewayscript.d.ts. */
export function referencePages(declarations: string): ReferencePage[] {
  const read = readDeclarations(declarations);
  const slugs = new Set([...Object.keys(TITLES), ...read.shapes.map(({ page }) => page).sort()]);
  return [...slugs].map((slug) => pageOf(slug, read)).filter(({ sections }) => sections.length > 0);
}
