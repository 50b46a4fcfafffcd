// Runs an assembly: its policies in order, on one message, until one of them ends it.
import { errorResponse, type GatewayResponse } from '../handshake/error-response.ts';
import { composeResponse } from '../handshake/response.ts';
import type { PolicyNode } from '../types.ts';
import { beginHandling, handledResponse } from './catch.ts';
import { watchContext } from './context-changes.ts';
import { POLICIES } from './policies.ts';
import type { Policy, PolicyEnd, PolicyParts, Transaction } from './policy.ts';
import { PropertyError } from './property-error.ts';

/** What an assembly comes to: an answer, or a target that has switched protocols. */
export type AssemblyEnd =
  | { kind: 'answer'; response: GatewayResponse }
  | Extract<PolicyEnd, { kind: 'switch' }>;

type LentParts = Omit<PolicyParts, 'runPolicies' | 'runPoliciesOn'>;

/**
 * `execute`, then the handler of `catch` for its error, then `finally`, whatever came of both (IBM, "Configuring an assembly"). What `finally`
 * does to the message goes out with it, after a handler too; an answer that stands already goes out as it is, and a connection that
 * has switched protocols has no `finally` (lab's choice, both).
 * Never rejects: a fault of the lab itself becomes a 500, and `onFault` gets it for the operator's log.
 */
export async function runAssembly(
  transaction: Transaction,
  lent: LentParts,
  onFault: (error: unknown) => void,
): Promise<AssemblyEnd> {
  const { execute, catch: handlers, finally: last } = transaction.api.assembly;
  const run = (nodes: readonly PolicyNode[]) => runPoliciesOn(transaction, nodes, lent, onFault);
  const failure = await run(execute);
  const handler = failure.kind === 'error' ? beginHandling(failure, handlers, transaction) : null;
  // An error inside a handler has no handler of its own.
  const end = handler ? await run(handler.execute) : failure;
  if (end.kind === 'switch') return end;
  const ended = last.length > 0 ? await run(last) : null;
  if (ended?.kind === 'switch') ended.target.destroy();
  if (end.kind !== 'next') return { kind: 'answer', response: end.response };
  if (ended?.kind === 'answer' || ended?.kind === 'error')
    return { kind: 'answer', response: ended.response };
  const response =
    handler && failure.kind === 'error' ? handledResponse(failure, transaction) : composed(transaction);
  return { kind: 'answer', response };
}

function composed({ request, message, api, id }: Transaction): GatewayResponse {
  return composeResponse(request, message, { echo: api.lab.echo, transactionId: id });
}

/** Runs policies in order, as far as the first that does not end with `next`; what they lend each other works on this transaction. */
async function runPoliciesOn(
  transaction: Transaction,
  nodes: readonly PolicyNode[],
  lent: LentParts,
  onFault: (error: unknown) => void,
): Promise<PolicyEnd> {
  const parts: PolicyParts = {
    ...lent,
    runPolicies: (inner) => runPoliciesOn(transaction, inner, lent, onFault),
    runPoliciesOn: (other, inner) => runPoliciesOn(other, inner, lent, onFault),
  };
  for (const node of nodes) {
    const end = await runPolicy(transaction, node, parts, onFault);
    if (end.kind !== 'next') return end;
  }
  return { kind: 'next' };
}

/** Runs one policy and tells its start and its end. */
async function runPolicy(
  transaction: Transaction,
  node: PolicyNode,
  parts: PolicyParts,
  onFault: (error: unknown) => void,
): Promise<PolicyEnd> {
  const { policy, title, index } = node;
  const changes = (transaction.tellsChanges?.() ?? true) ? watchContext(transaction, parts.limits) : null;
  const startedAt = performance.now();
  transaction.emit({ type: 'policy-started', policy, title, index });
  let end: PolicyEnd;
  try {
    end = await (POLICIES.get(policy)?.run ?? unknownPolicy)(transaction, node, parts);
  } catch (error) {
    const response = errorResponse({ status: 500, moreInformation: '', transactionId: transaction.id });
    const ofTheReader = error instanceof PropertyError;
    if (!ofTheReader) onFault(error);
    const message = ofTheReader ? error.message : 'The lab itself failed here. Its operator has been told.';
    const name = ofTheReader ? 'PropertyError' : 'RuntimeError';
    transaction.emit({ type: 'gateway-log', level: 'error', code: null, text: `${name}: ${message}` });
    end = { kind: 'error', error: { name, message }, response };
  }
  if (end.kind === 'error') end = { ...end, error: { policyTitle: title, ...end.error } };
  const durationMs = performance.now() - startedAt;
  const context = changes?.() ?? null;
  transaction.emit({ type: 'policy-ended', policy, title, index, ...told(end), durationMs, context });
  return end;
}

function told(end: PolicyEnd): { outcome: 'completed' | 'stopped' | 'failed'; message: string | null } {
  if (end.kind === 'error') return { outcome: 'failed', message: end.error.message };
  if (end.kind === 'answer') return { outcome: 'stopped', message: end.message };
  return { outcome: 'completed', message: null };
}

/** A definition may name policies that the lab does not run; it says so when traffic reaches one, never before. */
const unknownPolicy: Policy = async (transaction, node) => {
  const message = `The lab does not run the policy ${node.policy} (line ${node.line} of the definition).`;
  transaction.emit({ type: 'gateway-log', level: 'error', code: null, text: message });
  const response = errorResponse({ status: 500, moreInformation: message, transactionId: transaction.id });
  return { kind: 'error', error: { name: 'RuntimeError', message }, response };
};
