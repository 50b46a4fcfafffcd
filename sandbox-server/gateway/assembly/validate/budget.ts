// What one validation may cost: schema and document are both from others, and together may ask for any amount of work.

/** Thrown when the work is more than one validation may do. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** Units of work, each a look at one keyword's worth of one value: measured: 60 ms at most. */
const MAX_UNITS = 400_000;

let left = 0;

/** Runs a validation, which is not interrupted by another, since it does not wait. @throws BudgetSpent */
export function withinBudget<Result>(work: () => Result): Result {
  left = MAX_UNITS;
  try {
    return work();
  } catch (error) {
    // A schema that refers to itself for the same value never ends.
    if (error instanceof RangeError) throw new BudgetSpent('the schema leads in a circle');
    throw error;
  }
}

export function spend(units: number): void {
  left -= units;
  if (left < 0) throw new BudgetSpent('the schema asks for too much work on this document');
}
