// The policy `gatewayscript`: runs the script on the message, and tells the learner what it said and where it failed.
import { z } from 'zod';
import { formatLogLine } from '../../gatewayscript/log-line.ts';
import { EngineBusy, type ScriptResult } from '../../gatewayscript/types.ts';
import { errorResponse } from '../handshake/error-response.ts';
import { scriptResponse } from '../handshake/response.ts';
import { openInSandbox } from '../target/open.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from './policy.ts';

const run: Policy = async (transaction, node, { engine, limits }) => {
  const { source } = node.properties;
  let result: ScriptResult;
  try {
    result = await engine.run({
      script: typeof source === 'string' ? source : '',
      request: transaction.request,
      message: transaction.message,
      variables: transaction.variables,
      source: transaction.organization.name,
      openTarget: openInSandbox(transaction.organization.network, limits, transaction.emit),
    });
  } catch (error) {
    if (error instanceof EngineBusy) return busy(transaction, error);
    throw error;
  }
  const origin = {
    at: new Date(),
    transactionId: transaction.id,
    domain: 'apiconnect',
    client: transaction.remote,
  };
  for (const entry of result.console) {
    const logLine = formatLogLine(entry, origin);
    transaction.emit({ type: 'console', index: node.index, ...entry, logLine });
  }
  transaction.message = result.message;
  transaction.variables = result.variables;
  if (result.outcome === 'completed') return { kind: 'next' };

  const message = errorText(result);
  transaction.emit({ type: 'gateway-log', level: 'error', code: null, text: message });
  const response = scriptResponse(transaction.request, result, { transactionId: transaction.id });
  return { kind: 'error', error: { name: errorName(result), message }, response };
};

/** Parameters as IBM documents them for version 2.0.0. */
const properties = z.looseObject({
  version: z.union([z.string(), z.number()]).optional(),
  title: z.string().optional(),
  description: z.string().nullish(),
  source: z.string(),
});

export const gatewayscript: PolicyKind = { name: 'gatewayscript', versions: ['2.0.0'], properties, run };

/** What a `catch` names: the error that the script raised with `context.reject`, or `JavaScriptError` for one that it threw. */
function errorName({ outcome, error }: ScriptResult): string {
  return outcome === 'rejected' && error ? error.name : 'JavaScriptError';
}

/** `JavaScriptError: ReferenceError: x is not defined (line 3)`; the client never sees it. */
function errorText({ outcome, error }: ScriptResult): string {
  const kind = outcome === 'rejected' ? 'Rejected' : 'JavaScriptError';
  if (!error) return `${kind}: the script ended as ${outcome}`;
  const place = error.line === null ? '' : ` (line ${error.line})`;
  return `${kind}: ${error.name}: ${error.message}${place}`;
}

/** The lab's own limit, not the product's: 503, so that it is not taken for a plan's 429. */
function busy(transaction: Transaction, error: EngineBusy): PolicyEnd {
  const moreInformation = `The lab is running as many scripts as it can. Try again in ${error.retryAfterSeconds} s.`;
  const response = errorResponse({
    status: 503,
    moreInformation,
    headers: [['Retry-After', String(error.retryAfterSeconds)]],
    transactionId: transaction.id,
  });
  return { kind: 'error', error: { name: 'RuntimeError', message: moreInformation }, response };
}
