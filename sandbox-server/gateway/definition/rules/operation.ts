// A handshake is a GET: an API without a GET operation cannot be connected to.
import { listOperations } from '../operations.ts';
import type { Rule } from '../rule.ts';

export const operation: Rule = (document) => {
  if (listOperations(document).some(({ method }) => method === 'get')) return [];
  const message =
    'No path has a get operation, and a WebSocket handshake is a GET: it would get 404. Add one, e.g. get under the path /.';
  return [{ severity: 'warning', rule: 'operation-get-missing', message, path: ['paths'] }];
};
