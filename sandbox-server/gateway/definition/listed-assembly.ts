// The policies of a definition: those of `execute`, `catch` and `finally`, with the ones inside them.
import type { JsonObject, JsonValue } from '../../gatewayscript/types.ts';
import { POLICIES } from '../assembly/policies.ts';
import type { CatchHandler } from '../types.ts';
import type { DefinitionDocument } from './document.ts';

export type Path = (string | number)[];

/** A policy with its properties, the way to them in the definition, and its place in the list that it stands in. */
export interface ListedPolicy {
  policy: string;
  properties: JsonObject;
  path: Path;
  list: readonly ListedPolicy[];
  branches: ListedPolicy[][];
}

export interface ListedAssembly {
  execute: ListedPolicy[];
  catch: (Pick<CatchHandler, 'errors'> & { execute: ListedPolicy[] })[];
  finally: ListedPolicy[];
  /** All of these with the ones inside them, in reading order. */
  all: ListedPolicy[];
  /** Members that are no policy, each with its path; a rule refuses them. */
  strays: { member: JsonValue; path: Path }[];
}

const ASSEMBLY: Path = ['x-ibm-configuration', 'assembly'];
export const EXECUTE: Path = [...ASSEMBLY, 'execute'];

/** Rules ask one after the other for the same document. */
const listed = new WeakMap<DefinitionDocument, ListedAssembly>();

export function listAssembly(document: DefinitionDocument): ListedAssembly {
  const known = listed.get(document);
  if (known) return known;
  const found: Found = { all: [], strays: [] };
  const read = (members: readonly JsonValue[], path: Path) => readList(members, path, found);
  const assembly = document['x-ibm-configuration']?.assembly;
  const made: ListedAssembly = {
    execute: read(assembly?.execute ?? [], EXECUTE),
    catch: (assembly?.catch ?? []).map((handler, i) => {
      const name = handler.default ? 'default' : 'execute';
      const execute = read(handler[name] ?? [], [...ASSEMBLY, 'catch', i, name]);
      return { errors: handler.default ? 'default' : (handler.errors ?? []), execute };
    }),
    finally: read(assembly?.finally ?? [], [...ASSEMBLY, 'finally']),
    ...found,
  };
  listed.set(document, made);
  return made;
}

/** All policies in reading order. */
export function listPolicies(document: DefinitionDocument): readonly ListedPolicy[] {
  return listAssembly(document).all;
}

type Found = Pick<ListedAssembly, 'all' | 'strays'>;

/** Adds what it finds to `found`, in reading order. */
function readList(members: readonly JsonValue[], path: Path, found: Found): ListedPolicy[] {
  const list: ListedPolicy[] = [];
  for (const [i, member] of members.entries()) {
    const read = readPolicy(member);
    if (!read) {
      found.strays.push({ member, path: [...path, i] });
      continue;
    }
    const own = [...path, i, read.policy];
    const one: ListedPolicy = { ...read, path: own, list, branches: [] };
    list.push(one);
    found.all.push(one);
    const branches = POLICIES.get(read.policy)?.branches?.(read.properties) ?? [];
    one.branches = branches.map((branch) => readList(branch.members, [...own, ...branch.path], found));
  }
  return list;
}

/** `{name: {…properties}}`, or `null` for any other form. A policy without properties may have nothing under its name. */
function readPolicy(member: JsonValue): { policy: string; properties: JsonObject } | null {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return null;
  const [[policy, properties] = ['', []], ...others] = Object.entries(member);
  if (others.length > 0 || policy === '') return null;
  if (properties === null) return { policy, properties: {} };
  return typeof properties === 'object' && !Array.isArray(properties) ? { policy, properties } : null;
}
