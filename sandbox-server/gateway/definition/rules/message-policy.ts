// Policies that run on each message: those that published definitions have in `request-assembly`, and none that cannot work on a message.
import { type ListedPolicy, listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

/** Seen in published types of the format, which let `response-assembly` have any policy. */
const OF_REQUESTS = ['parse', 'ratelimit', 'validate'];

export const messagePolicy: Rule = (document) =>
  listPolicies(document)
    .filter(isUpgrade)
    .flatMap(({ branches: [request = [], response = []] }) => [
      ...request
        .filter((listed) => !OF_REQUESTS.includes(listed.policy) && !isUpgrade(listed))
        .map(({ policy, path }) =>
          told(
            `Published definitions have only ${OF_REQUESTS.join(', ')} in request-assembly, not ${policy}. The lab runs it on each message all the same.`,
            path,
          ),
        ),
      ...withNested([...request, ...response])
        .filter(isUpgrade)
        .map(({ path }) =>
          told('A message cannot switch protocols: websocket-upgrade here closes the connection.', path),
        ),
    ]);

function withNested(list: readonly ListedPolicy[]): ListedPolicy[] {
  return list.flatMap((listed) => [listed, ...withNested(listed.branches.flat())]);
}

function isUpgrade({ policy }: ListedPolicy): boolean {
  return policy === 'websocket-upgrade';
}

function told(message: string, path: Finding['path']): Finding {
  return { severity: 'warning', rule: 'message-policy', message, path };
}
