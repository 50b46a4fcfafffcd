// Without `wss` among its schemes an API is not offered to WebSocket clients; one that does not name it should.
import { isOpenApi3, serverSchemes } from '../address.ts';
import type { DefinitionDocument } from '../document.ts';
import type { Finding, Rule } from '../rule.ts';

export const schemeWss: Rule = (document) => {
  if (isOpenApi3(document)) return ofServers(document);
  if (document.schemes === undefined) {
    return found(
      'schemes is missing. The lab offers the API under https and wss; name both, as API Connect wants them.',
      [],
    );
  }
  if (document.schemes.includes('wss')) return [];
  return found('The API does not offer wss, so a WebSocket client gets 404. Add "- wss" to schemes.', [
    'schemes',
  ]);
};

function ofServers(document: DefinitionDocument): Finding[] {
  const named = serverSchemes(document);
  if (named.length === 0 || named.includes('wss')) return [];
  return found(
    'No server names wss. The lab offers the API under wss all the same; to say so, add a server whose url starts with wss://.',
    ['servers'],
  );
}

function found(message: string, path: (string | number)[]): Finding[] {
  return [{ severity: 'warning', rule: 'scheme-wss-missing', message, path }];
}
