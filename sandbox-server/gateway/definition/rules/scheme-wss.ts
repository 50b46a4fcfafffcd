// Without `wss` among its schemes an API is not offered to WebSocket clients.
import { isOpenApi3, schemesOf } from '../address.ts';
import type { Rule } from '../rule.ts';

export const schemeWss: Rule = (document) => {
  if (schemesOf(document).includes('wss')) return [];
  const [member, mend] = isOpenApi3(document)
    ? ['servers', 'Add a server whose url starts with wss://.']
    : ['schemes', 'Add "- wss" to schemes.'];
  const message = `The API does not offer wss, so a WebSocket client gets 404. ${mend}`;
  return [{ severity: 'warning', rule: 'scheme-wss-missing', message, path: [member] }];
};
