// Runs an assembly: its policies in order, on one message, until one of them ends it.
import { errorResponse } from '../handshake/error-response.ts';
import { composeResponse } from '../handshake/response.ts';
import { POLICIES } from './policies.ts';
import type { Policy, PolicyEnd, PolicyParts, Transaction } from './policy.ts';

export type AssemblyEnd = Exclude<PolicyEnd, { kind: 'next' }>;

/** Never rejects: a fault of the lab itself becomes a 500, and `onFault` gets it for the operator's log. */
export async function runAssembly(
  transaction: Transaction,
  parts: PolicyParts,
  onFault: (error: unknown) => void,
): Promise<AssemblyEnd> {
  for (const [index, node] of transaction.api.assembly.entries()) {
    const { policy, title } = node;
    const startedAt = performance.now();
    transaction.emit({ type: 'policy-started', policy, title, index });
    let end: PolicyEnd;
    try {
      end = await (POLICIES.get(policy) ?? unknownPolicy)(transaction, node, index, parts);
    } catch (error) {
      onFault(error);
      const response = errorResponse({ status: 500, moreInformation: '', transactionId: transaction.id });
      end = {
        kind: 'answer',
        response,
        failed: true,
        message: 'The lab itself failed here. Its operator has been told.',
      };
    }
    const durationMs = performance.now() - startedAt;
    const outcome = end.kind !== 'answer' ? 'completed' : end.failed ? 'failed' : 'stopped';
    const message = end.kind === 'answer' ? end.message : null;
    transaction.emit({ type: 'policy-ended', policy, title, index, outcome, message, durationMs });
    if (end.kind !== 'next') return end;
  }
  const response = composeResponse(transaction.request, transaction.message, {
    echo: transaction.api.lab.echo,
    transactionId: transaction.id,
  });
  return { kind: 'answer', response, failed: false, message: null };
}

/** A definition may name policies that the lab does not run; it says so when traffic reaches one, never before. */
const unknownPolicy: Policy = async (transaction, node) => {
  const moreInformation = `The lab does not run the policy ${node.policy} (line ${node.line} of the definition).`;
  transaction.emit({ type: 'gateway-log', level: 'error', code: null, text: moreInformation });
  const response = errorResponse({ status: 500, moreInformation, transactionId: transaction.id });
  return { kind: 'answer', response, failed: true, message: moreInformation };
};
