// A process that evaluates JSONata. An expression can take any memory and any time: out of memory ends a whole process, threads and all, so it has its own.
import jsonata, { type Expression } from 'jsonata';
import { CONTEXT_FUNCTIONS } from './context-functions.ts';

export interface Asked {
  id: number;
  expression: string;
  /** The context as a tree; `null` only asks whether the expression can be parsed. */
  context: ConditionContext | null;
}

export interface ConditionContext {
  [name: string]: unknown;
}

export type Answered = { id: number } & ({ value: boolean } | { error: string });

/** Expressions that are kept parsed. */
const MAX_KNOWN = 200;
/** Milliseconds and depth of one evaluation, by the library's own measure: the polite limit before the process's end. */
const TIMEOUT_MS = 100;
const STACK = 200;

const known = new Map<string, Expression>();

function parsed(text: string): Expression {
  const found = known.get(text);
  if (found) return found;
  // A pattern that explodes is ended with the process.
  const expression = jsonata(text, { timeout: TIMEOUT_MS, stack: STACK });
  for (const { name, signature, value } of CONTEXT_FUNCTIONS) {
    expression.registerFunction(name, (...args: unknown[]) => value(context ?? {}, args), signature);
  }
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, expression);
  return expression;
}

/** Of the evaluation under way: there is one at a time. */
let context: ConditionContext | null = null;

async function answer({ id, expression, context: given }: Asked): Promise<Answered> {
  try {
    const ready = parsed(expression);
    if (given === null) return { id, value: true };
    context = given;
    const value: unknown = await ready.evaluate(given);
    return { id, value: truth(value) };
  } catch (error) {
    return { id, error: sentenceOf(error) };
  } finally {
    context = null;
  }
}

/** JSONata's own cast to boolean (`$boolean`), for the values that a condition comes to. */
function truth(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(truth);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value) && typeof value !== 'function';
}

function sentenceOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

let turn: Promise<void> = Promise.resolve();
process.on('message', (asked: Asked) => {
  turn = turn.then(async () => {
    process.send?.(await answer(asked));
  });
});
// The server is gone: nobody asks any more.
process.on('disconnect', () => process.exit());
