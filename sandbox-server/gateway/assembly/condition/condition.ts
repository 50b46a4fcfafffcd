// A condition of `switch` or `if`: JSONata, the API gateway's notation, or the GatewayScript form of the older gateway.
import jsonata from 'jsonata';
import { findSyntaxError } from '../../../gatewayscript/language/parse-script.ts';
import type { ScriptJob } from '../../../gatewayscript/types.ts';
import { contextTree } from '../context-tree.ts';
import type { PolicyParts, Transaction } from '../policy.ts';

/** Characters of one condition (lab's choice); the longest published one has some 600. */
export const MAX_CONDITION_CHARS = 4_000;

/** Signs of the GatewayScript form, which JSONata does not have. */
const GATEWAYSCRIPT = /===|!==|==|&&|\|\||\bapim\s*\.|\bcontext\s*\./;

export function isGatewayScript(condition: string): boolean {
  return GATEWAYSCRIPT.test(condition.replaceAll(/'[^']*'|"[^"]*"/g, ''));
}

/** What is wrong with a condition before any request, or `null`. */
export function conditionFault(condition: string): string | null {
  if (condition.length > MAX_CONDITION_CHARS)
    return `it has ${condition.length} characters; ${MAX_CONDITION_CHARS} are the most`;
  if (isGatewayScript(condition))
    return findSyntaxError(scriptOf(condition), Number.POSITIVE_INFINITY)?.message ?? null;
  try {
    jsonata(condition);
    return null;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : 'not JSONata';
  }
}

/** Whether a condition holds for this transaction, or why that cannot be told. */
export async function evaluateCondition(
  condition: string,
  transaction: Transaction,
  { engine, conditions }: Pick<PolicyParts, 'engine' | 'conditions'>,
): Promise<{ value: boolean } | { error: string }> {
  const fault = condition.length > MAX_CONDITION_CHARS ? conditionFault(condition) : null;
  if (fault !== null) return { error: fault };
  if (!isGatewayScript(condition)) return conditions.evaluate(condition, contextTree(transaction));
  const job: ScriptJob = {
    script: scriptOf(condition),
    request: transaction.request,
    message: transaction.message,
    variables: structuredClone(transaction.variables),
    source: transaction.organization.name,
  };
  const { outcome, error, variables } = await engine.run(job);
  if (outcome === 'completed') return { value: variables[RESULT] === true };
  return { error: error?.message ?? `the script ended as ${outcome}` };
}

/** Where the script leaves its result; the run's variables are a copy. */
const RESULT = 'lab-condition';

/** The names that the older gateway has in a condition: `request.verb`, `api.operation.path`, `message.status.code`, `apim.getvariable(…)`. */
function scriptOf(condition: string): string {
  return `var apim = require('apim'), request = context.get('request'), message = context.get('message'), api = context.get('api');
context.set('${RESULT}', Boolean(${condition}
));`;
}
