// What a rule over a definition is: one file each in rules/, one thing that the product would say.
import type { Diagnostic } from '../types.ts';
import type { DefinitionDocument } from './document.ts';

/** A diagnostic before its place is looked up: `path` may lead to a member that is not there, then its parent is the place. */
export type Finding = Pick<Diagnostic, 'severity' | 'rule' | 'message' | 'path'>;

/** Looks at a definition of the right shape. Never throws. */
export type Rule = (document: DefinitionDocument) => Finding[];
