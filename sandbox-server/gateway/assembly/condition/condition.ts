// A condition of `switch` or `if`: JSONata, the API gateway's notation, or the GatewayScript form of the older gateway.
import jsonata from 'jsonata';
import { findSyntaxError } from '../../../gatewayscript/language/parse-script.ts';
import { type Engine, EngineBusy } from '../../../gatewayscript/types.ts';
import { contextTree } from '../context-tree.ts';
import type { PolicyParts, Transaction } from '../policy.ts';
import { functionFault } from './called-functions.ts';
import type { JsonataAnswer } from './jsonata-process.ts';

/** Characters of one condition (lab's choice); the longest published one has some 600. */
export const MAX_CONDITION_CHARS = 4_000;

/** Operators that JSONata does not have, and the two modules of the GatewayScript form being called. */
const OPERATORS = /==|&&|\|\|/;
const CALLS = /(?<![.\w$`])(?:apim|context)\s*\.\s*\w+(?:\s*\.\s*\w+)*\s*\(/;

/** Whether a condition is in the older form. The operators may stand in a pattern or a name of JSONata too: then it can be parsed as that. */
export function isGatewayScript(condition: string): boolean {
  const code = condition.replaceAll(/'[^']*'|"[^"]*"/g, "''");
  if (CALLS.test(code)) return true;
  if (!OPERATORS.test(code)) return false;
  try {
    jsonata(condition);
    return false;
  } catch {
    return true;
  }
}

export interface ConditionFault {
  /** Which of the deployment's rules tells it: it cannot be parsed, or calls what is not there. */
  rule: 'condition-syntax' | 'condition-function';
  message: string;
  /** From 1, within the condition; `null` where it is not known. */
  line: number | null;
}

/** What is wrong with a condition before any request, or `null`. */
export function conditionFault(condition: string): ConditionFault | null {
  const rule = 'condition-syntax';
  if (condition.length > MAX_CONDITION_CHARS)
    return {
      rule,
      message: `it has ${condition.length} characters; ${MAX_CONDITION_CHARS} are the most`,
      line: null,
    };
  if (isGatewayScript(condition)) {
    const error = findSyntaxError(scriptOf(condition), Number.POSITIVE_INFINITY);
    return error && { rule, message: error.message, line: error.line };
  }
  const lineAt = (position: number) => condition.slice(0, position).split('\n').length;
  try {
    const fault = functionFault(jsonata(condition));
    return fault && { rule: 'condition-function', message: fault.message, line: lineAt(fault.position) };
  } catch (error) {
    const { message = 'it is not JSONata', position }: { message?: unknown; position?: unknown } =
      Object(error);
    return { rule, message: String(message), line: typeof position === 'number' ? lineAt(position) : null };
  }
}

/**
 * The place of the first condition that holds for this transaction, `null` where none does; or why one of them cannot be evaluated, with
 * its place where that is known. Those in JSONata that stand together are one question, so that the context is handed over once.
 */
export async function firstThatHolds(
  conditions: readonly string[],
  transaction: Transaction,
  parts: Pick<PolicyParts, 'engine' | 'conditions'>,
): Promise<JsonataAnswer> {
  for (let from = 0; from < conditions.length; ) {
    const first = conditions[from] ?? '';
    if (first.length > MAX_CONDITION_CHARS)
      return { at: from, error: conditionFault(first)?.message ?? 'it is too long' };
    let answer: JsonataAnswer;
    let to = from + 1;
    if (isGatewayScript(first)) answer = await evaluateScript(first, transaction, parts.engine);
    else {
      while (to < conditions.length && isShortJsonata(conditions[to] ?? '')) to += 1;
      answer = await parts.conditions.firstThatHolds({
        expressions: conditions.slice(from, to),
        context: contextTree(transaction),
        source: transaction.organization.name,
      });
    }
    const at = answer.at === null ? null : from + answer.at;
    if ('error' in answer) return { at, error: answer.error };
    if (at !== null) return { at };
    from = to;
  }
  return { at: null };
}

function isShortJsonata(condition: string): boolean {
  return condition.length <= MAX_CONDITION_CHARS && !isGatewayScript(condition);
}

/** The run works on a copy of the variables: a condition leaves nothing behind. */
async function evaluateScript(
  condition: string,
  { request, message, variables, organization }: Transaction,
  engine: Engine,
): Promise<JsonataAnswer> {
  const script = scriptOf(condition);
  const job = { script, request, message, variables: structuredClone(variables), source: organization.name };
  try {
    const { outcome, error, variables: after } = await engine.run(job);
    if (outcome === 'completed') return { at: after[RESULT] === true ? 0 : null };
    return { at: 0, error: error?.message ?? `the script ended as ${outcome}` };
  } catch (error) {
    if (error instanceof EngineBusy) return { at: 0, error: 'more scripts wait than the lab can run soon' };
    throw error;
  }
}

/** Where the script leaves its result; the run's variables are a copy. */
const RESULT = 'lab-condition';

/** The names that the older gateway has in a condition: `request.verb`, `api.operation.path`, `message.status.code`, `apim.getvariable(…)`. */
function scriptOf(condition: string): string {
  // On the condition's own first line, so that lines stay.
  const names =
    "var apim = require('apim'), request = context.get('request'), message = context.get('message'), api = context.get('api'); ";
  return `${names}context.set('${RESULT}', Boolean(${condition}\n));`;
}
