// What the policies of one transaction may read out of the context and write into it: a few lines of definition can double a value forty times.
import type { Transaction } from './policy.ts';
import { PropertyError } from './property-error.ts';

/** Characters, as JSON, in one transaction (lab's choice): a body of the greatest size can go through some fifteen times. */
export const CONTEXT_BUDGET_CHARACTERS = 16 * 1024 * 1024;

const spent = new WeakMap<Transaction, number>();

/** @throws PropertyError where the transaction has used up what it may. */
export function spend(characters: number, transaction: Transaction): void {
  const sum = (spent.get(transaction) ?? 0) + characters;
  spent.set(transaction, sum);
  if (sum > CONTEXT_BUDGET_CHARACTERS)
    throw new PropertyError(
      `the policies have read and written more than ${CONTEXT_BUDGET_CHARACTERS} characters of the context`,
    );
}
