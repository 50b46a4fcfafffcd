// A handshake is a GET: an API without a GET operation cannot be connected to.
import { listOperations } from '../operations.ts';
import type { Finding, Rule } from '../rule.ts';

export const operation: Rule = (document) => {
  const findings = Object.keys(document.paths ?? {})
    .filter((path) => !path.startsWith('/') && !path.startsWith('x-'))
    .map((path): Finding => {
      const message = `The path ${JSON.stringify(path)} must start with /.`;
      return { severity: 'error', rule: 'path-form', message, path: ['paths', path] };
    });
  if (!listOperations(document).some(({ method }) => method === 'get')) {
    const message =
      'No path has a get operation, and a WebSocket handshake is a GET: it would get 404. Add one, e.g. get under the path /.';
    findings.push({ severity: 'warning', rule: 'operation-get-missing', message, path: ['paths'] });
  }
  return findings;
};
