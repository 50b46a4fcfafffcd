// Without `wss` among its schemes an API is not offered to WebSocket clients; one that names no schemes should.
import { isOpenApi3, schemesOf } from '../address.ts';
import type { Rule } from '../rule.ts';

const RULE = 'scheme-wss-missing';

export const schemeWss: Rule = (document) => {
  if (!isOpenApi3(document) && document.schemes === undefined) {
    const message =
      'schemes is missing. The lab offers the API under https and wss; name both, as API Connect wants them.';
    return [{ severity: 'warning', rule: RULE, message, path: [] }];
  }
  if (schemesOf(document).includes('wss')) return [];
  const [member, mend] = isOpenApi3(document)
    ? ['servers', 'Add a server whose url starts with wss://.']
    : ['schemes', 'Add "- wss" to schemes.'];
  const message = `The API does not offer wss, so a WebSocket client gets 404. ${mend}`;
  return [{ severity: 'warning', rule: RULE, message, path: [member] }];
};
