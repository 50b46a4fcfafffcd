// What a rule over a definition is: one file each in rules/, one thing that the product would say.
import type { Diagnostic } from '../types.ts';
import type { DefinitionDocument } from './document.ts';

/** A diagnostic before its place is looked up: `path` may lead to a member that is not there, then its parent is the place. */
export type Finding = Pick<Diagnostic, 'severity' | 'rule' | 'message' | 'path'>;

/** What the operator has set, as far as rules ask for it: plain data. */
export interface RuleSettings {
  /** Origins outside the lab that targets may name. */
  targetOrigins: readonly string[];
}

/** Looks at a definition of the right shape. Never throws. */
export type Rule = (document: DefinitionDocument, settings: RuleSettings) => Finding[];
