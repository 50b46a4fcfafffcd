// The reference's pages on what a definition holds, made of the schemas that the server reads it with: the definition, each policy, the product file.
import { POLICIES } from '../../sandbox-server/gateway/assembly/policies.ts';
import { membersOf, type SchemaMember } from '../../sandbox-server/gateway/definition/json-schema/members.ts';
import { policySchema } from '../../sandbox-server/gateway/definition/json-schema/policy-schema.ts';
import { type JsonSchema, schemaOf } from '../../sandbox-server/gateway/definition/json-schema/schema-of.ts';
import { PRODUCT_POLICIES } from '../../sandbox-server/gateway/definition/product-policies.ts';
import { definition } from '../../sandbox-server/gateway/definition/schema/definition.ts';
import { type Standing, words } from '../../sandbox-server/gateway/definition/schema/words.ts';
import { productDocument } from '../../sandbox-server/gateway/plans/product-document.ts';

export interface MemberEntry extends Omit<SchemaMember, 'words'> {
  /** For links; unique on the page. */
  id: string;
  title: string;
  description: string;
  standing: Standing;
}

export interface MemberSection {
  id: string;
  heading: string;
  entries: MemberEntry[];
}

export interface DefinitionPage {
  slug: string;
  title: string;
  text: string;
  standing: Standing;
  /** The policy that the page is about, with the versions that the lab knows. */
  policy: { name: string; versions: readonly string[] } | null;
  sections: MemberSection[];
}

/** What API Connect adds to OpenAPI has a page of its own. */
const EXTENSION = 'x-ibm-configuration';

/** In the order of the reference; those of the policies come last. */
export function definitionPages(): DefinitionPage[] {
  const whole = pageOf('definition', 'API definition', schemaOf(definition), null);
  const isExtension = ({ entries: [first] }: MemberSection) =>
    first?.path[0] === EXTENSION && first.path.length > 1;
  return [
    { ...whole, sections: whole.sections.filter((section) => !isExtension(section)) },
    {
      ...whole,
      slug: EXTENSION,
      title: EXTENSION,
      text: 'What API Connect adds to OpenAPI: gateway type, properties, assembly.',
      sections: whole.sections.filter(isExtension),
    },
    pageOf('product', 'Product file', schemaOf(productDocument), null),
    ...[...POLICIES.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((kind) => pageOf(`policy-${kind.name}`, `Policy ${kind.name}`, policySchema(kind), kind)),
  ];
}

/** Policies of the product that the lab does not run. */
export function otherPolicies(): { name: string; description: string; standing: Standing }[] {
  return [...PRODUCT_POLICIES].map(([name, policy]) => ({ name, ...policy }));
}

function pageOf(
  slug: string,
  title: string,
  schema: JsonSchema,
  policy: DefinitionPage['policy'],
): DefinitionPage {
  const { description, standing } = words.parse(schema);
  return { slug, title, text: description, standing, policy, sections: sectionsOf(membersOf(schema)) };
}

/** One section for each member that has members, after the one for the top. */
function sectionsOf(members: readonly SchemaMember[]): MemberSection[] {
  const byParent = new Map<string, MemberEntry[]>([['', []]]);
  for (const { words: said, ...member } of members) {
    const parent = member.path.slice(0, -1).join('.');
    const entries = byParent.get(parent) ?? [];
    byParent.set(parent, entries);
    const id = idOf(member.path.join('.'));
    // A member that stands in two alternatives of one place is told once.
    if (entries.some((entry) => entry.id === id)) continue;
    entries.push({ ...member, ...words.parse(said), id, title: member.path.at(-1) ?? '' });
  }
  return [...byParent].map(([parent, entries]) => ({
    id: parent === '' ? 'members' : `in-${idOf(parent)}`,
    heading: parent === '' ? 'Members' : `In ${parent}`,
    entries,
  }));
}

function idOf(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9_]+/g, '-').replaceAll(/^-|-$/g, '');
}
