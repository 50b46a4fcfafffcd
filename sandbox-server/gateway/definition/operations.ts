// The operations of a definition: each method of each path.
import { readSecurity } from '../security/read-security.ts';
import type { Operation } from '../types.ts';
import type { DefinitionDocument } from './document.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

export function listOperations(document: DefinitionDocument): Operation[] {
  const defined = readSecurity(document);
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {})
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => {
        const security = defined.of(path, method);
        return { id: idOf(operation), method, path, ...(security.length > 0 ? { security } : {}) };
      }),
  );
}

function idOf(operation: unknown): string | null {
  if (typeof operation !== 'object' || operation === null || !('operationId' in operation)) return null;
  return typeof operation.operationId === 'string' ? operation.operationId : null;
}
