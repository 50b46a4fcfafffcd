// Of several OpenAPI 3 servers API Connect uses only the first (IBM's page "Defining servers for an API"): the path of another one is not served.
import { isOpenApi3, serverPath } from '../address.ts';
import { listNames } from '../list-names.ts';
import type { Rule } from '../rule.ts';

export const serverIgnored: Rule = (document) => {
  const [first, ...others] = document.servers ?? [];
  if (!isOpenApi3(document) || !first) return [];
  const served = plain(serverPath(first));
  return others.flatMap((server, i) => {
    const path = plain(serverPath(server));
    if (path === served) return [];
    const message = `The path ${listNames([path])} is not served: API Connect uses the first server only. Take this one out, or deploy a second definition that has it first.`;
    return [
      { severity: 'warning' as const, rule: 'server-ignored', message, path: ['servers', i + 1, 'url'] },
    ];
  });
};

/** What the URL of a server ends with makes no difference. */
const plain = (path: string) => `/${path.replaceAll(/^\/+|\/+$/g, '')}`;
