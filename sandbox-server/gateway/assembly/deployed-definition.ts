// The definition that a deployed policy stands in, for those kinds that need more of it than their own properties.
import type { DefinitionDocument } from '../definition/document.ts';
import type { PolicyNode } from '../types.ts';
import type { PolicyKind } from './policy.ts';

/** For as long as the policy is served. */
const definitions = new WeakMap<PolicyNode, DefinitionDocument>();

/** A kind's `prepare`: keeps the whole definition in memory, so only for those that read it at traffic. */
export const keepDefinition: NonNullable<PolicyKind['prepare']> = (node, document) =>
  void definitions.set(node, document);

/** @throws Error for a policy whose kind does not keep its definition, which is a fault of the lab */
export function definitionOf(node: PolicyNode): DefinitionDocument {
  const document = definitions.get(node);
  if (!document) throw new Error(`${node.policy} has not kept its definition`);
  return document;
}
