// A process that evaluates JSONata. An expression can take any memory and any time: out of memory ends a whole process, threads and all, so it has its own.
import jsonata, { type Expression } from 'jsonata';
import { UNSUPPORTED } from './called-functions.ts';
import { CONTEXT_FUNCTIONS } from './context-functions.ts';
import { linearRegExp } from './linear-regexp.ts';

export interface Asked {
  id: number;
  /** Evaluated in order, as far as the first that holds. */
  expressions: readonly string[];
  /** The context as a tree. */
  context: ConditionContext;
}

export interface ConditionContext {
  [name: string]: unknown;
}

/** `at` is the place of the expression that holds, or that cannot be evaluated. */
export type Answered = { id: number } & ({ at: number | null } | { at: number; error: string });

/** Told before each expression but the first: whoever ends this process knows which one it was. */
export interface Trying {
  id: number;
  trying: number;
}

/** Expressions that are kept parsed. */
const MAX_KNOWN = 200;
/** Milliseconds, depth and length of a list in one evaluation, by the library's own measure: the polite limits before the process's end. The milliseconds are told by who starts it. */
const LIMITS = { timeout: Number(process.argv[2]), stack: 500, sequence: 100_000 };
const RegexEngine = linearRegExp(LIMITS.timeout);

const known = new Map<string, Expression>();

function parsed(text: string): Expression {
  const found = known.get(text);
  if (found) return found;
  const expression = jsonata(text, { ...LIMITS, RegexEngine });
  for (const { name, signature, value } of CONTEXT_FUNCTIONS) {
    expression.registerFunction(name, (...args: unknown[]) => value(context, args), signature);
  }
  for (const name of UNSUPPORTED) {
    expression.registerFunction(name, () => {
      throw new Error(`API Connect does not support the function $${name}()`);
    });
  }
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, expression);
  return expression;
}

/** Of the evaluation under way: there is one at a time. */
let context: ConditionContext = {};

async function answer({ id, expressions, context: given }: Asked): Promise<Answered> {
  context = given;
  for (const [at, expression] of expressions.entries()) {
    if (at > 0) process.send?.({ id, trying: at } satisfies Trying);
    try {
      if (truth(await parsed(expression).evaluate(given))) return { id, at };
    } catch (error) {
      return { id, at, error: sentenceOf(error) };
    }
  }
  return { id, at: null };
}

/** JSONata's own cast to boolean (`$boolean`), for the values that a condition comes to. */
function truth(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(truth);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value) && typeof value !== 'function';
}

function sentenceOf(error: unknown): string {
  const told = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(told).slice(0, 1_000);
}

let turn: Promise<void> = Promise.resolve();
process.on('message', (asked: Asked) => {
  turn = turn.then(async () => {
    process.send?.(await answer(asked));
  });
});
// The server is gone: nobody asks any more.
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
