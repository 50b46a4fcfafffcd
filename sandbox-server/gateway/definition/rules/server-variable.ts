// The variables in the URLs of OpenAPI 3 servers: the gateway puts their defaults there, so that each needs one.
import { isOpenApi3, serverUrl } from '../address.ts';
import type { Rule } from '../rule.ts';

export const serverVariable: Rule = (document) => {
  if (!isOpenApi3(document)) return [];
  return (document.servers ?? []).flatMap((server, i) =>
    serverUrl(server).open.map((name) => ({
      severity: 'warning' as const,
      rule: 'server-variable',
      message: `{${name}} in the url of the server has no default. Give it one: variables: {${name}: {default: …}}.`,
      path: ['servers', i, 'url'],
    })),
  );
};
