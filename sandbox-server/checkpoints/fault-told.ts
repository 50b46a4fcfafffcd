// Why something did not hold, where the sandbox's log says it: a server or a client file that crashed, or a policy that failed behind a 5xx.
import type { GatewayEvent } from '../gateway/events.ts';

/** `null` where the log has nothing of the kind. */
export function faultTold(events: readonly GatewayEvent[]): string | null {
  const crash = events.findLast((event) => event.type === 'server-crashed');
  if (crash)
    return `The script on port ${crash.port} crashed${crash.line === null ? '' : ` at line ${crash.line}`}: ${crash.message}`;
  const answer = events.findLast((event) => event.type === 'response-sent');
  if (!answer || answer.status < 500) return null;
  const failed = events.findLast(
    (event) =>
      event.type === 'policy-ended' && event.outcome === 'failed' && event.connection === answer.connection,
  );
  if (failed?.type !== 'policy-ended' || failed.message === null) return null;
  // Some say their name themselves.
  return `${failed.policy} failed: ${failed.message.replace(`${failed.policy}: `, '')}`;
}
